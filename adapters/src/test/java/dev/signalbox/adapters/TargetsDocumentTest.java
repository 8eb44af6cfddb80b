package dev.signalbox.adapters;

import static dev.signalbox.adapters.TestSettings.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.signalbox.adapters.jira.JiraSettings;
import dev.signalbox.adapters.webhook.WebhookSettings;
import dev.signalbox.exceptions.TargetName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@NullMarked
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TargetsDocumentTest {
  private static final TargetName TARGET = new TargetName("t");
  private static final Pattern KNOWN = Pattern.compile("there are (.*)\\.");

  /** The error about an unknown field names all that are known. */
  private static List<String> fields(Throwable error) {
    var list = KNOWN.matcher(String.valueOf(error.getMessage()));
    assertThat(list.find()).as("%s", error).isTrue();
    return Pattern.compile(", ").splitAsStream(list.group(1)).toList();
  }

  @Test
  void every_setting_is_described() throws IOException {
    var document =
        Files.readString(Path.of(System.getProperty("signalbox.root", ".."), "docs/targets.md"));
    var unknown = json("{'x': 1}");
    var webhook = catchThrowable(() -> WebhookSettings.from(TARGET, unknown, name -> null));
    var jira = catchThrowable(() -> JiraSettings.from(TARGET, unknown, name -> null));
    assertThat(fields(webhook))
        .hasSizeGreaterThan(5)
        .allMatch(f -> document.contains("`" + f + "`"));
    assertThat(fields(jira)).hasSizeGreaterThan(10).allMatch(f -> document.contains("`" + f + "`"));
  }
}
