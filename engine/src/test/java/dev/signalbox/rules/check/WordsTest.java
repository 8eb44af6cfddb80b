package dev.signalbox.rules.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of words says what the facts and the outputs are. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WordsTest {
  private static final List<String> UNSAID =
      // Trees and tables are asked by name, and no rule has them whole.
      List.of("tree", "amounts", "numbers", "durations", "lists", "texts", "roles");

  static Stream<Class<?>> classes() {
    return Words.ALL.classes().stream().map(WordsTest::named).filter(type -> !type.isEnum());
  }

  @ParameterizedTest
  @MethodSource("classes")
  void every_component_of_a_fact_is_a_word_of_its_kind(Class<?> type) {
    var components = type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
    for (var component : components) {
      if (!UNSAID.contains(component.getName())) {
        var member = Words.ALL.component(type.getSimpleName(), component.getName());
        assertThat(member == null ? "" : member.kind())
            .as("%s.%s", type.getSimpleName(), component.getName())
            .isEqualTo(kind(component.getType()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("classes")
  void every_word_is_a_method_of_its_class(Class<?> type) {
    for (var said : Words.ALL.members(type.getSimpleName())) {
      var wanted = said.parameters() == null ? List.<String>of() : said.parameters();
      assertThat(Arrays.stream(type.getMethods()))
          .as("%s.%s", type.getSimpleName(), said.shown())
          .anySatisfy(method -> {
            assertThat(method.getName()).isEqualTo(said.name());
            assertThat(Arrays.stream(method.getParameterTypes()).map(WordsTest::kind).toList())
                .isEqualTo(wanted);
            assertThat(kind(method.getReturnType())).isEqualTo(said.kind());
          });
    }
  }

  private static String kind(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "boolean" -> "flag";
      case "int", "long" -> "whole";
      case "String" -> "text";
      case "List" -> "texts";
      case "void" -> "nothing";
      default -> type == BigDecimal.class ? "amount" : type.getSimpleName();
    };
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
