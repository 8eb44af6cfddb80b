package dev.signalbox.adapters.git;

import dev.signalbox.adapters.git.GitSettings.Newest;
import dev.signalbox.outside.RulesetSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.TransportCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.GpgConfig;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.SignatureVerifier.TrustLevel;
import org.eclipse.jgit.lib.SignatureVerifiers;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.util.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * A folder in a git repository. A look asks for the names of what is there, which is one exchange;
 * only what is new is fetched, as one commit without its history, into an empty repository that is
 * removed afterwards: what is admitted is archived elsewhere, and what is not kept cannot rot.
 */
public final class GitSource implements RulesetSource {
  private static final String HERE = "refs/signalbox/newest";
  private static final int MESSAGE_MAX = 200;

  private final GitSettings settings;
  private final Path scratch;
  private @Nullable ObjectId seen;
  private @Nullable Look last;

  /**
   * A source.
   *
   * @param scratch a folder that is this source's alone; it is emptied
   */
  public GitSource(GitSettings settings, Path scratch) {
    this.settings = settings;
    this.scratch = scratch;
    OwnConfig.install();
  }

  @Override
  public String name() {
    var what =
        switch (settings.newest()) {
          case Newest.Branch(var name) -> "branch " + name;
          case Newest.Tag(var pattern) -> "tags " + pattern;
        };
    var folder = settings.folder().isEmpty() ? "" : ", folder " + settings.folder();
    return settings.url() + ", " + what + folder;
  }

  @Override
  public Look look() {
    try {
      var newest = newest();
      var id = newest == null ? null : newest.getObjectId();
      if (newest == null || id == null) {
        return new Look.Away("There is no %s.".formatted(wanted()));
      }
      if (last == null || !id.equals(seen)) {
        last = fetched(newest);
        seen = id;
      }
      return last;
    } catch (GitAPIException | JGitInternalException | IOException e) {
      return new Look.Away(said(e));
    }
  }

  private String wanted() {
    return switch (settings.newest()) {
      case Newest.Branch(var name) -> "branch " + name;
      case Newest.Tag(var pattern) -> "annotated tag " + pattern;
    };
  }

  /** The innermost reason is the one that helps. */
  private String said(Throwable failure) {
    if (settings.login() == null
        && String.valueOf(failure.getMessage()).contains("CredentialsProvider")) {
      return "%s: It asks for a user and a password, and none are configured."
          .formatted(settings.url());
    }
    var reason = failure;
    while (reason.getCause() != null && reason.getCause().getMessage() != null) {
      reason = reason.getCause();
    }
    var message = String.valueOf(failure.getMessage());
    return reason == failure || message.contains(String.valueOf(reason.getMessage()))
        ? message
        : message + ": " + reason.getMessage();
  }

  private @Nullable Ref newest() throws GitAPIException {
    boolean isBranch = settings.newest() instanceof Newest.Branch;
    Collection<Ref> there =
        reaching(
                Git.lsRemoteRepository()
                    .setRemote(settings.url())
                    .setHeads(isBranch)
                    .setTags(!isBranch))
            .call();
    return switch (settings.newest()) {
      case Newest.Branch(var name) ->
          there.stream()
              .filter(ref -> ref.getName().equals("refs/heads/" + name))
              .findFirst()
              .orElse(null);
      case Newest.Tag(var pattern) -> {
        var wanted = Pattern.compile("refs/tags/" + glob(pattern));
        yield there.stream()
            .filter(ref -> ref.getPeeledObjectId() != null)
            .filter(ref -> wanted.matcher(ref.getName()).matches())
            .max(Comparator.comparing(Ref::getName, new TagOrder()))
            .orElse(null);
      }
    };
  }

  private static String glob(String pattern) {
    return List.of(pattern.split("\\*", -1)).stream()
        .map(Pattern::quote)
        .reduce((a, b) -> a + ".*" + b)
        .orElse("");
  }

  private <C extends TransportCommand<C, ?>> C reaching(C command) {
    command.setTimeout((int) Math.max(1, settings.timeout().toSeconds()));
    var login = settings.login();
    return login == null
        ? command
        : command.setCredentialsProvider(
            new UsernamePasswordCredentialsProvider(login.user(), login.password().reveal()));
  }

  private Look fetched(Ref newest) throws GitAPIException, IOException {
    empty();
    try (var git = Git.init().setBare(true).setDirectory(scratch.toFile()).call()) {
      // Else JGit tidies up in a thread of its own what is removed meanwhile.
      git.getRepository().getConfig().setBoolean("gc", null, "autoDetach", false);
      reaching(
              git.fetch()
                  .setRemote(settings.url())
                  .setRefSpecs(new RefSpec("+" + newest.getName() + ":" + HERE))
                  .setDepth(1)
                  .setTagOpt(TagOpt.NO_TAGS))
          .call();
      return read(git.getRepository(), newest);
    } finally {
      empty();
    }
  }

  private void empty() throws IOException {
    if (Files.exists(scratch)) {
      FileUtils.delete(scratch.toFile(), FileUtils.RECURSIVE | FileUtils.RETRY);
    }
  }

  private Look read(Repository repository, Ref newest) throws IOException {
    try (var walk = new RevWalk(repository)) {
      var object = walk.parseAny(repository.resolve(HERE));
      walk.parseBody(object);
      var peeled = walk.peel(object);
      if (!(peeled instanceof RevCommit)) {
        return new Look.Away("%s does not lead to a commit.".formatted(newest.getName()));
      }
      var commit = walk.parseCommit(peeled);
      var version = version(commit, object);
      var unsigned = unsigned(repository, object);
      if (unsigned != null) {
        return new Look.Unfit(version, List.of(new Fault(settings.folder(), unsigned)));
      }
      var reading = TreeReading.of(repository, commit, settings.folder());
      return reading.faults().isEmpty()
          ? new Look.Found(version, reading.files())
          : new Look.Unfit(version, reading.faults());
    }
  }

  private static Version version(RevCommit commit, RevObject object) {
    var tag = object instanceof RevTag tagged ? tagged.getTagName() + ": " : "";
    var message = tag + commit.getShortMessage();
    return new Version(
        commit.name(),
        commit.getAuthorIdent().getName(),
        commit.getCommitterIdent().getWhenAsInstant(),
        message.length() <= MESSAGE_MAX ? message : message.substring(0, MESSAGE_MAX) + "…");
  }

  /** Why the signature does not do; null when it does, or none is needed. */
  private @Nullable String unsigned(Repository repository, RevObject object) throws IOException {
    if (settings.signers() == null) {
      return null;
    }
    var what = object instanceof RevTag ? "tag" : "commit";
    var config = repository.getConfig();
    config.setString("gpg", "ssh", "allowedSignersFile", settings.signers().toString());
    var found = SignatureVerifiers.verify(repository, new GpgConfig(config), object);
    if (found == null) {
      return "The %s %s has no signature that can be verified; sign it with SSH (git config"
              .formatted(what, object.name())
          + " gpg.format ssh).";
    }
    return found.verified() && !found.expired() && isTrusted(found.trustLevel())
        ? null
        : "The signature of the %s %s is not of an allowed signer: %s"
            .formatted(
                what,
                object.name(),
                String.valueOf(found.message()).strip().toLowerCase(Locale.ROOT));
  }

  private static boolean isTrusted(TrustLevel level) {
    return level == TrustLevel.FULL || level == TrustLevel.ULTIMATE;
  }
}
