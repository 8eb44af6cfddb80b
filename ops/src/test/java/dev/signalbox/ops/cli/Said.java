package dev.signalbox.ops.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command line came to, run in this process. */
record Said(int status, String out, String err) {

  static Said by(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        SignalboxCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Said(status, out.toString(), err.toString());
  }
}
