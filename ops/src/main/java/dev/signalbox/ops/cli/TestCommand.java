package dev.signalbox.ops.cli;

import picocli.CommandLine.Command;

/** {@code signalbox test}: done by the script, which has Maven; here for its help. */
@Command(name = "test", description = "Runs all tests.", mixinStandardHelpOptions = true)
final class TestCommand implements Runnable {
  @Override
  public void run() {
    throw new IllegalStateException("The tests run with the script: ./signalbox test");
  }
}
