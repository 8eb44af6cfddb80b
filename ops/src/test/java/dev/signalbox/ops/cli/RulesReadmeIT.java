package dev.signalbox.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.ops.testkit.LiveBox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the README for rule authors tells them to type works, with the rule that it tells to write.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesReadmeIT {
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```\\w+ (\\S+/\\S+)\\n(.*?)^```$");
  private static final Pattern TYPED = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

  @TempDir private Path home;

  @Test
  void its_commands_end_well_after_its_examples_were_written() throws Exception {
    RulesHome.copy(LiveBox.root().resolve("rules-repo"), home.resolve("rules-repo"));
    RulesHome.commit(home);
    RulesHome.program(home);
    var readme = Files.readString(home.resolve("rules-repo/README.md"));
    for (var example : EXAMPLE.matcher(readme).results().toList()) {
      var file = home.resolve("rules-repo/rulesets/standard").resolve(example.group(1));
      Files.writeString(file, example.group(2));
    }
    var typed = TYPED.matcher(readme).results().map(block -> block.group(1)).toList();
    assertThat(typed).hasSizeGreaterThanOrEqualTo(3);
    for (var lines : typed) {
      assertThat(RulesHome.run(home, Map.of(), lines)).as(lines).isZero();
    }
  }
}
