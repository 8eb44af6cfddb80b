package dev.signalbox.ops.settings;

import dev.signalbox.adapters.git.GitSettings;
import dev.signalbox.adapters.git.GitSettings.Login;
import dev.signalbox.adapters.git.GitSettings.Newest;
import dev.signalbox.adapters.settings.Secret;
import dev.signalbox.adapters.settings.SecretReferences;
import dev.signalbox.rulesets.Activations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where rulesets come from, and how they come into force.
 *
 * @param folder of the rules that decide, where no repository is named
 * @param git the repository they are in; null for none
 * @param poll from one look at the source to the next
 * @param judging what a ruleset may take to be compiled and tried
 * @param policy who activates
 */
public record RulesetSettings(
    Path folder,
    @Nullable GitSettings git,
    Duration poll,
    Duration judging,
    Activations.Policy policy) {
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration JUDGING = Duration.ofMinutes(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int APPROVALS_MAX = 9;

  /** A folder, and all else as usual. */
  public static RulesetSettings usual(Path folder) {
    return new RulesetSettings(folder, null, POLL, JUDGING, Activations.Policy.USUAL);
  }

  /**
   * Reads.
   *
   * @param secrets where the texts behind {@code env:NAME} and {@code file:PATH} are
   * @param home the folder of the program
   */
  static RulesetSettings read(
      Section settings, Function<String, @Nullable String> secrets, Path home) {
    var section =
        settings
            .section("rulesets")
            .only("git", "poll", "judging", "activate", "approvals", "backtest");
    var folder = settings.text("ruleset");
    boolean automatically =
        section.choice("activate", "automatically", "by-hand").equals("automatically");
    int approvals = section.number("approvals", 1, APPROVALS_MAX, 1);
    if (approvals > 1 && automatically) {
      section.wrong("approvals", "for people who activate: it needs \"activate: by-hand\"");
    }
    boolean needsBacktest = section.choice("backtest", "optional", "required").equals("required");
    if (needsBacktest && automatically) {
      section.wrong("backtest", "for people who activate: it needs \"activate: by-hand\"");
    }
    if (folder != null && section.has("git")) {
      section.wrong("git", "one source, and \"ruleset\" another; keep one of them");
    }
    return new RulesetSettings(
        folder == null ? home.resolve("rules-repo/rulesets/standard") : Path.of(folder),
        section.has("git") ? git(section.section("git"), secrets) : null,
        section.duration("poll", POLL),
        section.duration("judging", JUDGING),
        new Activations.Policy(automatically, approvals, needsBacktest));
  }

  private static @Nullable GitSettings git(
      Section git, Function<String, @Nullable String> secrets) {
    git.only("url", "branch", "tags", "folder", "signers", "user", "password", "timeout");
    var url = git.text("url");
    if (url == null) {
      git.wrong("url", "missing: a path of this machine, or an https or ssh address");
      return null;
    }
    if (url.matches("\\w+://[^/@]*:[^/@]*@.*")) {
      git.wrong("url", "no place for a password; use \"user\" and \"password\"");
    }
    var branch = git.text("branch");
    var tags = git.text("tags");
    if (branch != null && tags != null) {
      git.wrong("tags", "one policy, and \"branch\" another; keep one of them");
    }
    var folder = git.text("folder");
    return new GitSettings(
        url,
        tags != null ? new Newest.Tag(tags) : new Newest.Branch(branch == null ? "main" : branch),
        folder == null ? "" : folder.replaceAll("^/+|/+$", ""),
        signers(git),
        login(git, secrets),
        git.duration("timeout", TIMEOUT));
  }

  private static @Nullable Path signers(Section git) {
    var signers = git.text("signers");
    if (signers == null) {
      return null;
    }
    if (!Files.isReadable(Path.of(signers))) {
      git.wrong("signers", "a file of allowed signers that can be read, not \"" + signers + "\"");
    }
    return Path.of(signers).toAbsolutePath();
  }

  private static @Nullable Login login(Section git, Function<String, @Nullable String> secrets) {
    var user = git.text("user");
    var reference = git.text("password");
    if (user == null && reference == null) {
      return null;
    }
    if (user == null || reference == null || !SecretReferences.isReference(reference)) {
      git.wrong(
          "password", "not whole: there are \"user\", and \"password\" as env:NAME or file:PATH");
      return null;
    }
    var password = secrets.apply(reference);
    if (password == null || password.isBlank()) {
      git.wrong("password", "empty: there is nothing at " + reference);
      return null;
    }
    return new Login(user, new Secret(password));
  }
}
