package dev.signalbox.rules.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.drools.drl.ast.descr.RuleDescr;

/**
 * What the rules of a ruleset may take together: to read, to compile, and to decide. It is held
 * against the heap that is free, since who compiles too much harms everybody who is served; nothing
 * is compiled before.
 */
public final class Budget {
  /** However much is free: it is also some half a minute of two processors. */
  static final long KILOBYTES_MAX = 512 << 10;

  /** Within the deadline of a decision. */
  static final long COMPARISONS_MAX = 1_000_000;

  private static final int SHOWN_MAX = 3;
  private static final int WORDS_PER_KILOBYTE = 10;

  private record Item(String file, int line, String rule, Weight weight) {}

  /**
   * Too much, at one of the rules that take most.
   *
   * @param what one sentence or two: what is too much, and what to do
   */
  public record Excess(String file, int line, String rule, String what) {}

  private final List<Item> items = new ArrayList<>();
  private Weight spent = new Weight(0, 0);

  public void spend(String file, RuleDescr rule) {
    var weight = Weight.of(rule);
    spent = spent.plus(weight);
    items.add(new Item(file, rule.getLine(), rule.getName(), weight));
  }

  /** What compiling takes, in kB. */
  public long kilobytes() {
    return spent.kilobytes();
  }

  /** Whether no machine would do; reading on would only take time. */
  public boolean isExceeded() {
    return spent.kilobytes() > KILOBYTES_MAX || spent.comparisons() > COMPARISONS_MAX;
  }

  /** Whether a file can be parsed; the parser keeps all words of it. */
  public static boolean allows(SourceText source) {
    return isFree(source.words() / WORDS_PER_KILOBYTE);
  }

  /** What is too much, at the rules that take most. */
  public List<Excess> excesses() {
    var excesses = new ArrayList<Excess>();
    if (!isFree(spent.kilobytes())) {
      most(Comparator.comparingLong(item -> item.weight.kilobytes()))
          .forEach(item -> excesses.add(excess(item, tooMuchMemory(item))));
    }
    if (spent.comparisons() > COMPARISONS_MAX) {
      most(Comparator.comparingLong(item -> item.weight.comparisons()))
          .forEach(item -> excesses.add(excess(item, tooManyComparisons(item))));
    }
    return excesses;
  }

  private String tooMuchMemory(Item item) {
    return "Compiling all rules takes about %,d MB of memory, and %,d MB are allowed here; this rule"
            .formatted(megabytes(spent.kilobytes()), megabytes(allowed()))
        + " takes %,d kB. Use fewer facts, conditions, operators and \"or\", or give the program a"
            .formatted(item.weight.kilobytes())
        + " larger heap, of which half of what is free counts up to %,d MB."
            .formatted(megabytes(KILOBYTES_MAX));
  }

  private String tooManyComparisons(Item item) {
    return "For one item with 100 candidates all rules make %,d comparisons, and %,d are allowed;"
            .formatted(spent.comparisons(), COMPARISONS_MAX)
        + " this rule makes %,d. Ask for NearMatch less often within a rule."
            .formatted(item.weight.comparisons());
  }

  private List<Item> most(Comparator<Item> weight) {
    return items.stream().sorted(weight.reversed()).limit(SHOWN_MAX).toList();
  }

  private static Excess excess(Item item, String what) {
    return new Excess(item.file, item.line, item.rule, what);
  }

  private static long megabytes(long kilobytes) {
    return kilobytes >> 10;
  }

  /** What is garbage counts as used until it has to be known better. */
  private static boolean isFree(long kilobytes) {
    if (kilobytes > allowed() && kilobytes <= KILOBYTES_MAX) {
      System.gc();
    }
    return kilobytes <= allowed();
  }

  private static long allowed() {
    var runtime = Runtime.getRuntime();
    long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    return Math.min(KILOBYTES_MAX, free >> 11);
  }
}
