package dev.signalbox.rulesets;

import dev.signalbox.outside.RulesetSource;
import dev.signalbox.rules.BadRuleset;
import dev.signalbox.rules.RulesetFiles;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A plain folder. Its version is the digest of what is in it. After a change it waits until the
 * folder keeps still, so that nothing half written is taken for a ruleset.
 */
public final class FolderSource implements RulesetSource {
  private static final Duration STILL = Duration.ofMillis(200);

  private final Path folder;
  private @Nullable Look last;

  public FolderSource(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  @Override
  public String name() {
    return folder.toString();
  }

  @Override
  public Look look() {
    var now = read();
    if (last != null && !isSame(now, last)) {
      try {
        Thread.sleep(STILL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return last;
      }
      if (!isSame(read(), now)) {
        return last;
      }
    }
    last = now;
    return now;
  }

  private Look read() {
    if (!Files.isDirectory(folder)) {
      return new Look.Away("There is no folder " + folder + ".");
    }
    try {
      var files = RulesetFiles.of(folder);
      return new Look.Found(version(files.digest().hex()), files.all());
    } catch (BadRuleset e) {
      var faults =
          e.findings().stream().map(finding -> new Fault(finding.file(), finding.what())).toList();
      return new Look.Unfit(version(Integer.toHexString(faults.hashCode())), faults);
    } catch (UncheckedIOException e) {
      return new Look.Away(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isSame(Look one, Look other) {
    return one.getClass() == other.getClass() && id(one).equals(id(other));
  }

  private static String id(Look look) {
    return switch (look) {
      case Look.Found found -> found.version().id();
      case Look.Unfit unfit -> unfit.version().id();
      case Look.Away away -> away.why();
    };
  }

  private static Version version(String id) {
    return new Version(id, "", null, "");
  }
}
