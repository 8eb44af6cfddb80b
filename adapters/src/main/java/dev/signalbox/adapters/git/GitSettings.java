package dev.signalbox.adapters.git;

import dev.signalbox.adapters.settings.Secret;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a ruleset is in which repository.
 *
 * @param url a path of this machine, or an address of https or ssh
 * @param newest what counts as the newest version
 * @param folder of the ruleset within the repository, "/" between the parts; empty for the top
 * @param signers a file of allowed signers, as ssh-keygen knows it: the version must be signed by
 *     one of them; null when it need not be signed
 * @param login null where none is needed; ssh takes its keys from {@code ~/.ssh}
 * @param timeout for each wait for the other side
 */
public record GitSettings(
    String url,
    Newest newest,
    String folder,
    @Nullable Path signers,
    @Nullable Login login,
    Duration timeout) {

  /** What counts as the newest version. */
  public sealed interface Newest {
    /** The head of a branch. */
    record Branch(String name) implements Newest {}

    /**
     * The highest annotated tag, numbers in names counting as numbers: v1.10 is above v1.9.
     *
     * @param pattern of its name; {@code *} stands for any text
     */
    record Tag(String pattern) implements Newest {}
  }

  /** For https; most servers take a token for a password. */
  public record Login(String user, Secret password) {}
}
