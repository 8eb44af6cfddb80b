package dev.signalbox.rules;

import static dev.signalbox.rules.Given.item;

import dev.signalbox.rules.scenarios.Scenarios;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Decides with the standard ruleset, and meanwhile judges hungry ones: a program of its own. */
final class HungryServer {
  private HungryServer() {}

  /** A line for each: its purpose, what was said, the decisions meanwhile, and the time it took. */
  public static void main(String[] arguments) throws InterruptedException {
    var decided = new AtomicLong();
    var wrong = new AtomicLong();
    try (var serving = Rulesets.load(Given.STANDARD)) {
      var question = item().question();
      var expected = serving.assess(question);
      var server =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                  (serving.assess(question).equals(expected) ? decided : wrong).incrementAndGet();
                }
              });
      int number = 0;
      for (var hungry : Hungry.all()) {
        var folder = Path.of(arguments[0]).resolve("n" + number++);
        hungry.in(folder);
        long before = decided.get();
        long start = System.nanoTime();
        var said = said(folder);
        long took = (System.nanoTime() - start) / 1_000_000;
        System.out.printf(
            "%s|%s|%d|%d|%d%n",
            hungry.purpose(), said, decidedSince(decided, before), took, wrong.get());
      }
      server.interrupt();
      server.join();
    }
  }

  /** Waits for the next decision: what is refused at once may come before it. */
  private static long decidedSince(AtomicLong decided, long before) throws InterruptedException {
    for (int i = 0; i < 10_000 && decided.get() == before; i++) {
      Thread.sleep(1);
    }
    return decided.get() - before;
  }

  private static String said(Path folder) {
    try (var rulebook = Rulesets.load(folder.resolve("small"))) {
      return "passed with " + Scenarios.run(rulebook).results().size() + " scenarios";
    } catch (BadRuleset e) {
      return e.findings().getFirst().toString();
    }
  }
}
