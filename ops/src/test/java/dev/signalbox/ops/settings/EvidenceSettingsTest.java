package dev.signalbox.ops.settings;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EvidenceSettingsTest {
  private static final String BUCKET =
      "endpoint: \"https://s3.example.org\", bucket: files, accessKey: env:KEY, secretKey: env:SECRET";

  @TempDir private Path directory;

  private EvidenceSettings read(String yaml) {
    try {
      var file = Files.writeString(directory.resolve("signalbox.yaml"), yaml);
      var variables = Map.of("KEY", "k3y", "SECRET", "s3cr3t");
      return SettingsReader.read(file, variables::get, Path.of("/opt/signalbox")).evidence();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void without_anything_files_lie_in_postgresql() {
    assertThat(read("port: 1")).isEqualTo(EvidenceSettings.USUAL);
    assertThat(read("evidence: {store: postgresql}")).isEqualTo(EvidenceSettings.USUAL);
  }

  @Test
  void a_bucket_is_read_with_all_that_the_documentation_names() throws IOException {
    var secret = Files.writeString(directory.resolve("secret"), "s3cr3t\n");
    var settings =
        read(
            """
            evidence:
              store: s3
              endpoint: http://10.0.0.7:9000
              bucket: evidence.of-ours
              region: eu-central-1
              accessKey: env:KEY
              secretKey: file:%s
              pathStyle: false
              timeout: 30s
            """
                .formatted(secret));
    assertThat(settings.inS3()).isTrue();
    var s3 = requireNonNull(settings.s3());
    assertThat(s3.endpoint()).isEqualTo(URI.create("http://10.0.0.7:9000"));
    assertThat(s3.bucket()).isEqualTo("evidence.of-ours");
    assertThat(s3.region()).isEqualTo("eu-central-1");
    assertThat(s3.accessKey().reveal()).isEqualTo("k3y");
    assertThat(s3.secretKey().reveal()).isEqualTo("s3cr3t");
    assertThat(s3.pathStyle()).isFalse();
    assertThat(s3.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(s3.toString()).doesNotContain("s3cr3t");
  }

  @Test
  void a_bucket_may_be_named_for_the_files_that_are_in_it_already() {
    var settings = read("evidence: {store: postgresql, " + BUCKET + "}");
    assertThat(settings.inS3()).isFalse();
    assertThat(requireNonNull(settings.s3()).pathStyle()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {store: disk}                 | evidence.store" is one of postgresql, s3, not "disk".
          {store: s3}                   | evidence.endpoint" is missing: an address like https://s3.eu-central-1.amazonaws.com.
          {store: s3}                   | evidence.bucket" is missing.
          {store: s3}                   | evidence.secretKey" is missing: env:NAME or file:PATH.
          {buckets: files}              | There is no setting "evidence.buckets". Maybe "evidence.bucket".
          {endpoint: s3.example.org}    | evidence.endpoint" is an address like https://s3.eu-central-1.amazonaws.com: without user and path.
          {endpoint: "http://u:p@x"}    | evidence.endpoint" is an address like https://s3.eu-central-1.amazonaws.com: without user and path.
          {bucket: Files_Of_Ours}       | evidence.bucket" is no name of a bucket: "Files_Of_Ours".
          {secretKey: s3cr3t}           | evidence.secretKey" is not to stand here itself: write env:NAME or file:PATH, and keep it there.
          {secretKey: env:NONE}         | evidence.secretKey" is empty: there is nothing at env:NONE.
          {pathStyle: often}            | evidence.pathStyle" is true or false, not "often".
          {timeout: 11m}                | evidence.timeout" is at most 10m.
          """)
  void what_is_wrong_is_told_in_one_sentence(String evidence, String sentence) {
    assertThatThrownBy(() -> read("evidence: " + evidence))
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("s3cr3t")
        .hasMessageNotContaining("u:p");
  }
}
