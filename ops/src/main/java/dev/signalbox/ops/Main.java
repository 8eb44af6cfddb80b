package dev.signalbox.ops;

import dev.signalbox.ops.cli.SignalboxCommand;

/** The program. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(SignalboxCommand.run(arguments));
  }
}
