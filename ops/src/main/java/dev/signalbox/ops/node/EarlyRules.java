package dev.signalbox.ops.node;

import dev.signalbox.ops.settings.RulesetSettings;
import dev.signalbox.rules.BadRuleset;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.Rulesets;
import dev.signalbox.rules.kept.KeptRules;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of a folder, compiled while the database starts. What decides is in the database, but
 * most often the same, and what is the same is compiled once.
 */
final class EarlyRules implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EarlyRules.class);

  private final CompletableFuture<@Nullable Rulebook> compiled = new CompletableFuture<>();

  private EarlyRules() {}

  /** Begins; does not block, and does not fail. */
  static EarlyRules begin(RulesetSettings settings, KeptRules kept) {
    var early = new EarlyRules();
    if (settings.git() != null) {
      early.compiled.complete(null);
      return early;
    }
    Thread.ofPlatform()
        .daemon()
        .name("early-rules")
        .start(() -> early.compiled.complete(compiled(settings.folder(), kept)));
    return early;
  }

  private static @Nullable Rulebook compiled(Path folder, KeptRules kept) {
    try {
      return Rulesets.load(folder, kept);
    } catch (BadRuleset e) {
      // Whoever watches the folder says so.
      return null;
    } catch (RuntimeException | Error e) {
      LOG.info("The rules of {} are not compiled beforehand.", folder, e);
      return null;
    }
  }

  /** Lets go of them; who decides by them holds them. */
  @Override
  public void close() {
    var _ = compiled.thenAccept(EarlyRules::release);
  }

  private static void release(@Nullable Rulebook rulebook) {
    if (rulebook != null) {
      rulebook.close();
    }
  }
}
