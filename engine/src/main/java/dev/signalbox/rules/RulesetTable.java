package dev.signalbox.rules;

import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Sha256;
import org.jspecify.annotations.Nullable;

/** The table {@code ruleset}: every ruleset that ever decided anything, whole. */
public final class RulesetTable {

  private RulesetTable() {}

  /** Keeps a ruleset; one that is kept already stays as it is. */
  public static void archive(Tx tx, Rulebook rulebook) {
    tx.update(
        """
        INSERT INTO ruleset (digest, name, archive) VALUES (?, ?, ?)
        ON CONFLICT (digest) DO NOTHING
        """,
        rulebook.digest().hex(),
        rulebook.name(),
        rulebook.files().archive());
  }

  /** The files of a ruleset; null when it never decided here. */
  public static @Nullable RulesetFiles find(Tx tx, Sha256 digest) {
    var rows = tx.query("SELECT archive FROM ruleset WHERE digest = ?", digest.hex());
    return rows.isEmpty() ? null : RulesetFiles.ofArchive(rows.getFirst().bytes("archive"));
  }
}
