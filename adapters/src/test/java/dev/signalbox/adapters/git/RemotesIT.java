package dev.signalbox.adapters.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.adapters.git.GitSettings.Login;
import dev.signalbox.adapters.git.GitSettings.Newest;
import dev.signalbox.adapters.settings.Secret;
import dev.signalbox.outside.RulesetSource.Look;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories of other machines, over the protocols that their servers speak. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RemotesIT {
  @TempDir private Path temporary;
  private Author author;
  private File home;

  @BeforeEach
  void begin() throws IOException {
    home = FS.DETECTED.userHome();
    FS.DETECTED.setUserHome(Files.createDirectories(temporary.resolve("home")).toFile());
    author = new Author(temporary.resolve("rules"));
    author.with("standard/ruleset.yaml", "first").commit("first");
  }

  @AfterEach
  void end() {
    author.close();
    FS.DETECTED.setUserHome(home);
  }

  private GitSource source(String url, @Nullable Login login) {
    return new GitSource(
        new GitSettings(
            url, new Newest.Branch("main"), "standard", null, login, Duration.ofSeconds(10)),
        temporary.resolve("scratch"));
  }

  private static String manifest(GitSource source) {
    var look = source.look();
    assertThat(look).isInstanceOf(Look.Found.class);
    return new String(
        ((Look.Found) look).files().getOrDefault("ruleset.yaml", new byte[0]),
        StandardCharsets.UTF_8);
  }

  private static String away(GitSource source) {
    var look = source.look();
    assertThat(look).isInstanceOf(Look.Away.class);
    return ((Look.Away) look).why();
  }

  @Test
  void pushes_are_found_over_https_by_who_may_read() throws Exception {
    try (var served = new HttpsServed(author.git().getRepository(), temporary)) {
      var login = new Login(HttpsServed.USER, new Secret(HttpsServed.PASSWORD));
      var source = source(served.url(), login);
      assertThat(away(source)).contains(served.url()).containsIgnoringCase("certificat");

      served.trusted();
      assertThat(manifest(source)).isEqualTo("first");
      author.with("standard/ruleset.yaml", "second").commit("second");
      assertThat(manifest(source)).isEqualTo("second");
      assertThat(away(source(served.url(), null)))
          .isEqualTo(
              served.url() + ": It asks for a user and a password, and none are configured.");
      var wrong = new Login(HttpsServed.USER, new Secret("wrong"));
      assertThat(away(source(served.url(), wrong))).contains("not authorized");
    }
  }

  @Test
  void pushes_are_found_over_ssh_with_a_key_from_a_known_host() throws Exception {
    var key = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
    var ssh = Files.createDirectories(temporary.resolve("home/.ssh"));
    try (var served = new SshServed(author.git().getRepository(), key.getPublic(), temporary)) {
      try (var out = Files.newOutputStream(ssh.resolve("id_ecdsa"))) {
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "rules", null, out);
      }
      var source = source(served.url(), null);
      assertThat(away(source)).contains("127.0.0.1").containsIgnoringCase("key");

      Files.writeString(ssh.resolve("known_hosts"), served.known());
      assertThat(manifest(source)).isEqualTo("first");
      author.with("standard/ruleset.yaml", "second").commit("second");
      assertThat(manifest(source)).isEqualTo("second");
    }
    assertThat(away(source("ssh://git@127.0.0.1:1/rules.git", null))).contains("127.0.0.1:1");
  }
}
