package dev.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AttackTest {
  @TempDir private Path temporary;

  static Stream<Attacks> attacks() {
    return Attacks.all().stream();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void the_check_refuses_it_with_file_and_line(Attacks attack) {
    var thrown = catchThrowableOfType(BadRuleset.class, () -> attack.in(temporary).load().close());
    assertThat(thrown).as("%s passes the check", attack.purpose()).isNotNull();
    var finding = thrown.findings().getFirst();
    System.out.printf("%-45s %s%n", attack.purpose(), finding);
    assertThat(thrown.findings())
        .anySatisfy(told -> {
          assertThat(told.file()).isEqualTo("route/attack.drl");
          assertThat(told.line()).isPositive();
        });
  }
}
