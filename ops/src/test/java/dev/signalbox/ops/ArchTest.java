package dev.signalbox.ops;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The dependency table: which package may know which. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchTest {
  private static final String BASE = "dev.signalbox.";
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .withImportOption(location -> !location.contains("test-classes"))
          .importPackages("dev.signalbox");

  /** Lowest first; a package may know those it names, and what is below itself in its own tree. */
  private static final Map<String, String> MAY_KNOW = new TreeMap<>();

  static {
    MAY_KNOW.put("exceptions", "");
    MAY_KNOW.put("words", "");
    MAY_KNOW.put("db", "");
    MAY_KNOW.put("signals", "exceptions");
    MAY_KNOW.put("outside", "exceptions");
    MAY_KNOW.put("ledger", "exceptions db outside");
    MAY_KNOW.put("journal", "exceptions db");
    MAY_KNOW.put("rules", "exceptions db");
    MAY_KNOW.put("recall", "exceptions db journal rules");
    MAY_KNOW.put("backtest", "exceptions recall rules");
    MAY_KNOW.put("access", "exceptions db journal outside");
    MAY_KNOW.put("rulesets", "exceptions db journal outside rules signals recall backtest");
    MAY_KNOW.put("work", "exceptions db journal");
    MAY_KNOW.put("talk", "exceptions db journal outside signals");
    MAY_KNOW.put("reviewers", "exceptions db journal access");
    MAY_KNOW.put("desk", "exceptions db journal rules reviewers signals work talk");
    MAY_KNOW.put("queues", "exceptions db reviewers desk");
    MAY_KNOW.put("review", "exceptions db desk rules recall");
    MAY_KNOW.put("shadow", "exceptions db journal rules signals recall backtest rulesets desk");
    MAY_KNOW.put("intake", "exceptions db desk words");
    MAY_KNOW.put("dispatch", "exceptions db desk outside signals work");
    MAY_KNOW.put("deadlines", "exceptions db desk");
    MAY_KNOW.put("audit", "exceptions db journal access rules rulesets desk recall talk reviewers");
    MAY_KNOW.put("adapters", "exceptions outside signals words");
    MAY_KNOW.put(
        "api",
        "exceptions db signals outside journal access rules rulesets work desk intake dispatch audit"
            + " words recall shadow talk reviewers queues ledger review");
    MAY_KNOW.put(
        "ops",
        "exceptions db signals outside journal access rules rulesets work desk intake dispatch deadlines"
            + " audit words recall backtest shadow talk reviewers queues adapters api ledger review");
  }

  @Test
  void every_package_knows_only_what_the_table_says() {
    var surplus = new TreeSet<String>();
    for (var type : ALL) {
      var from = tree(type);
      assertThat(MAY_KNOW)
          .as("the table has no row for %s", type.getPackageName())
          .containsKey(from);
      var allowed = Set.of(MAY_KNOW.getOrDefault(from, "").split(" "));
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith(BASE))
          .map(ArchTest::tree)
          .filter(to -> !to.equals(from) && !allowed.contains(to))
          .forEach(to -> surplus.add(from + " → " + to + " in " + type.getSimpleName()));
    }
    assertThat(surplus).isEmpty();
  }

  @Test
  void no_package_knows_one_that_knows_it() {
    slices().matching("dev.signalbox.(*)..").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void the_domain_knows_only_the_platform() {
    noClasses()
        .that()
        .resideInAPackage("..exceptions..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("dev.signalbox.exceptions..", "java..", "org.jspecify..")
        .check(ALL);
  }

  @Test
  void each_library_stays_in_its_room() {
    stays("org.drools..", "rules..");
    stays("org.kie..", "rules..");
    stays("io.vertx..", "db..", "adapters..", "api..", "ops..");
    stays("java.sql..", "db..", "ops.bench..", "ops.embedded..");
    stays("org.postgresql..", "db..", "ops.bench..", "ops.embedded..");
    stays("io.opentelemetry.sdk..", "ops.telemetry..");
    stays("org.eclipse.jgit..", "adapters.git..");
    stays("software.amazon..", "adapters.s3..");
    stays("com.nimbusds..", "adapters.identity..", "ops.standin..");
    stays("picocli..", "ops.cli..");
    stays("freemarker..", "ops.compare..");
  }

  private static void stays(String library, String... rooms) {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            Arrays.stream(rooms).map(room -> BASE + room).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(ALL);
  }

  @Test
  void sql_is_said_in_tables_only() {
    classes()
        .that()
        .resideInAPackage("dev.signalbox..")
        .and()
        .haveSimpleNameEndingWith("Table")
        .should()
        .resideOutsideOfPackage("dev.signalbox.exceptions..")
        .check(ALL);
    var speakers =
        ALL.stream()
            .filter(type -> !type.getPackageName().equals("dev.signalbox.db"))
            .filter(type ->
                type.getMethodCallsFromSelf().stream()
                    .anyMatch(call ->
                        call.getTargetOwner().getName().equals("dev.signalbox.db.Tx")
                            && Set.of("query", "update").contains(call.getName())))
            .map(type -> top(type).getSimpleName())
            .filter(name -> !name.endsWith("Table"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(speakers).isSubsetOf("SystemRoutes", "Readiness", "AuditPage", "Bench");
  }

  @Test
  void time_environment_and_threads_come_from_outside() {
    var calls = new TreeSet<String>();
    for (var type : ALL) {
      if (!tree(type).equals("ops")) {
        type.getMethodCallsFromSelf().stream()
            .map(call -> call.getTargetOwner().getSimpleName() + "." + call.getName())
            .filter(
                Set.of(
                        "Instant.now",
                        "System.getenv",
                        "System.currentTimeMillis",
                        "Executors.newVirtualThreadPerTaskExecutor",
                        "LocalDate.now")
                    ::contains)
            .forEach(call -> calls.add(type.getName() + ": " + call));
      }
    }
    assertThat(calls).isEmpty();
  }

  @Test
  void names_say_what_a_thing_is() {
    var vague =
        List.of("Impl", "Util", "Utils", "Helper", "Manager", "Service", "Dto", "Base", "Handler");
    assertThat(ALL.stream().map(JavaClass::getSimpleName))
        .filteredOn(name -> vague.stream().anyMatch(name::endsWith))
        .isEmpty();
  }

  @Test
  void every_package_is_null_marked_and_says_what_it_is_for() {
    var packages = ALL.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    var marked =
        ALL.stream()
            .filter(type -> type.getSimpleName().equals("package-info"))
            .filter(type -> type.isAnnotatedWith(NullMarked.class))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toSet());
    assertThat(packages).isSubsetOf(marked);
  }

  private static JavaClass top(JavaClass type) {
    return type.getEnclosingClass().map(ArchTest::top).orElse(type);
  }

  /** The first word after the base. */
  private static String tree(JavaClass type) {
    var rest = type.getPackageName().substring(BASE.length());
    return Stream.of(rest.split("\\.")).findFirst().orElse(rest);
  }
}
