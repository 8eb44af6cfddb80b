package dev.signalbox.rulesets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.outside.RulesetSource;
import dev.signalbox.rules.RulesetFiles;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.TestPostgres;
import dev.signalbox.testkit.TestRulesets;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** One process sees many rulesets come and go: {@code -Dsignalbox.activations=500} for more. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManyActivationsIT {
  private static final int COUNT = Integer.getInteger("signalbox.activations", 20);
  private static final int WARM = 10;
  private static final double MEGA = 1e6;

  /** The standard ruleset, each time with other words, so that its routing is compiled anew. */
  private static final class Changing implements RulesetSource {
    private static final String RULES = "route/defaults.drl";
    private final SortedMap<String, byte[]> files =
        new TreeMap<>(RulesetFiles.of(TestBox.standardRuleset()).all());
    private int version;

    @Override
    public String name() {
      return "changing";
    }

    @Override
    public Look look() {
      version++;
      var changed = new TreeMap<>(files);
      var rules =
          RulesetFiles.text(requireNonNull(files.get(RULES)))
              .replace("@because(\"", "@because(\"" + version + ": ");
      changed.put(RULES, rules.getBytes(UTF_8));
      return new Look.Found(new Version("" + version, "", null, ""), changed);
    }
  }

  /** What is held after collections. */
  private record Held(int classes, double metaspace, double heap) {
    static Held now() {
      int before = Integer.MAX_VALUE;
      int classes = loaded();
      for (int i = 0; i < 50 && (classes < before || i < 3); i++) {
        System.gc();
        before = classes;
        classes = loaded();
      }
      var memory = ManagementFactory.getMemoryMXBean();
      return new Held(
          classes, metaspaceUsed() / MEGA, memory.getHeapMemoryUsage().getUsed() / MEGA);
    }

    private static int loaded() {
      return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }

    private static long metaspaceUsed() {
      return ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getName().equals("Metaspace"))
          .map(MemoryPoolMXBean::getUsage)
          .mapToLong(usage -> usage.getUsed())
          .sum();
    }

    @Override
    public String toString() {
      return "%,d classes, metaspace %.1f MB, heap %.1f MB".formatted(classes, metaspace, heap);
    }
  }

  @Test
  void activations_leave_neither_classes_nor_memory_behind() {
    try (var postgres = TestPostgres.freshDatabase();
        var node = new TestRulesets(postgres, new Changing())) {
      node.begun();
      for (int i = 0; i < WARM; i++) {
        node.watch().look();
      }
      var before = Held.now();
      long unloaded = unloaded();
      long start = System.nanoTime();
      for (int i = 0; i < COUNT; i++) {
        node.watch().look();
      }
      double took = (System.nanoTime() - start) / 1e6 / COUNT;
      var after = Held.now();

      System.out.printf(
          "%d activations, %.0f ms each: before %s; after %s; %,d classes unloaded%n",
          COUNT, took, before, after, unloaded() - unloaded);
      assertThat(node.kinds()).filteredOn("ACTIVATED"::equals).hasSize(COUNT + WARM + 2);
      assertThat(after.classes()).isLessThan(before.classes() + 400);
      assertThat(after.metaspace()).isLessThan(before.metaspace() + 5);
      assertThat(after.heap()).isLessThan(before.heap() + 1);
      assertThat(unloaded() - unloaded).isGreaterThan(COUNT);
    }
  }

  private static long unloaded() {
    return ManagementFactory.getClassLoadingMXBean().getUnloadedClassCount();
  }
}
