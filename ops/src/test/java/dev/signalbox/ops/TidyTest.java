package dev.signalbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Watches the sizes of the program's own code, as its syntax trees have them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TidyTest {
  private static final List<Size> METHODS = new ArrayList<>();
  private static final List<Size> FILES = new ArrayList<>();
  private static final List<Size> PARAMETERS = new ArrayList<>();
  private static final Map<String, Integer> PACKAGES = new TreeMap<>();

  private record Size(String name, int size) {}

  @BeforeAll
  static void measure() throws IOException {
    var root = Path.of(System.getProperty("signalbox.root", ".."));
    var sources = new ArrayList<Path>();
    for (var module : List.of("engine", "adapters", "api", "ops")) {
      try (var paths = Files.walk(root.resolve(module + "/src/main/java"))) {
        paths.filter(path -> path.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
      var trees = Trees.instance(task);
      for (var unit : task.parse()) {
        measure(unit, trees);
      }
    }
    print();
  }

  private static void measure(CompilationUnitTree unit, Trees trees) {
    var file = Path.of(unit.getSourceFile().getName()).getFileName().toString();
    var lines = unit.getLineMap();
    var positions = trees.getSourcePositions();
    FILES.add(new Size(file, (int) lines.getLineNumber(positions.getEndPosition(unit, unit)) + 1));
    PACKAGES.merge(String.valueOf(unit.getPackageName()), 1, Integer::sum);
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
        for (var member : type.getMembers()) {
          if (member instanceof MethodTree method && method.getBody() != null) {
            long from = lines.getLineNumber(positions.getStartPosition(unit, method.getBody()));
            long to = lines.getLineNumber(positions.getEndPosition(unit, method.getBody()));
            var name = file + "#" + method.getName();
            METHODS.add(new Size(name, (int) Math.max(1, to - from - 1)));
            if (type.getKind() != Tree.Kind.RECORD || method.getReturnType() != null) {
              PARAMETERS.add(new Size(name, method.getParameters().size()));
            }
          }
        }
        return super.visitClass(type, null);
      }
    }.scan(unit, null);
  }

  private static void print() {
    System.out.printf(
        "%d files (p90 %d, longest %s), %d methods (p90 %d, longest %s), largest package %s%n",
        FILES.size(),
        p90(FILES),
        longest(FILES),
        METHODS.size(),
        p90(METHODS),
        longest(METHODS),
        PACKAGES.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow());
  }

  @Test
  void methods_fit_on_half_a_screen() {
    assertThat(p90(METHODS)).isLessThanOrEqualTo(16);
    assertThat(above(METHODS, 60)).isEmpty();
    assertThat(above(METHODS, 40).size()).isLessThanOrEqualTo(METHODS.size() / 100);
  }

  @Test
  void files_have_one_subject() {
    assertThat(p90(FILES)).isLessThanOrEqualTo(200);
    // The table of contents of all that can be said to a case is one list.
    assertThat(above(FILES, 400).stream().filter(name -> !name.startsWith("CaseCommand.java")))
        .isEmpty();
    assertThat(above(FILES, 600)).isEmpty();
  }

  @Test
  void parameters_can_be_told_apart() {
    // Constructors that put the program together name every part they are given.
    assertThat(above(PARAMETERS, 5).stream().filter(name -> !name.contains("#<init>")).toList())
        .isEmpty();
    assertThat(above(PARAMETERS, 9)).isEmpty();
  }

  @Test
  void packages_are_small_rooms() {
    // The vocabulary of the domain is one room; the desk and what it shows are still another.
    var large =
        PACKAGES.entrySet().stream()
            .filter(room -> room.getValue() > 35)
            .map(Map.Entry::getKey)
            .collect(Collectors.toList());
    assertThat(large).containsOnly("dev.signalbox.exceptions");
  }

  private static List<String> above(List<Size> sizes, int limit) {
    return sizes.stream()
        .filter(size -> size.size() > limit)
        .map(size -> size.name() + " " + size.size())
        .toList();
  }

  private static int p90(List<Size> sizes) {
    var sorted = sizes.stream().mapToInt(Size::size).sorted().toArray();
    return sorted[sorted.length * 9 / 10];
  }

  private static Size longest(List<Size> sizes) {
    return sizes.stream().max((a, b) -> Integer.compare(a.size(), b.size())).orElseThrow();
  }
}
