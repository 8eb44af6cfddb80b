package dev.signalbox.rules;

import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Sha256;
import org.jspecify.annotations.Nullable;

/** The table {@code ruleset}: every ruleset that was ever judged, whole. */
public final class RulesetTable {

  private RulesetTable() {}

  /** Keeps a ruleset; one that is kept already stays as it is. */
  public static void archive(Tx tx, RulesetFiles files) {
    tx.update(
        """
        INSERT INTO ruleset (digest, archive) VALUES (?, ?)
        ON CONFLICT (digest) DO NOTHING
        """,
        files.digest().hex(),
        RulesetArchive.write(files));
  }

  /** The ZIP archive of a ruleset, as it was kept; null when it never was. */
  public static byte @Nullable [] archive(Tx tx, Sha256 digest) {
    var rows = tx.query("SELECT archive FROM ruleset WHERE digest = ?", digest.hex());
    return rows.isEmpty() ? null : rows.getFirst().bytes("archive");
  }

  /**
   * The files of a ruleset, to be loaded again; null when it was never kept here.
   *
   * @throws IllegalStateException when what was kept is not what its digest says
   */
  public static @Nullable RulesetFiles find(Tx tx, Sha256 digest) {
    var archive = archive(tx, digest);
    if (archive == null) {
      return null;
    }
    var files = RulesetArchive.read(digest.hex(), archive);
    if (!files.digest().equals(digest)) {
      throw new IllegalStateException(
          "The archive of the ruleset %s has the digest %s: it was tampered with."
              .formatted(digest, files.digest()));
    }
    return files;
  }
}
