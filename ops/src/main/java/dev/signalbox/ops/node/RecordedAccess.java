package dev.signalbox.ops.node;

import dev.signalbox.db.Database;
import dev.signalbox.db.DatabaseSettings;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.journal.MasterKey;
import dev.signalbox.journal.SubjectKeys;
import dev.signalbox.ops.embedded.EmbeddedDatabase;
import dev.signalbox.ops.settings.Settings;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * What an installation has recorded, for tools that look and change nothing: they need no rights
 * but to read. An outside database is used as it is; an embedded one that runs is asked beside the
 * program that runs it, and one that does not is started meanwhile.
 */
public final class RecordedAccess implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final @Nullable EmbeddedDatabase started;
  private final Database database;
  private final JournalReader journal;

  private RecordedAccess(
      @Nullable EmbeddedDatabase started, DatabaseSettings settings, MasterKey master) {
    this.started = started;
    database = Database.open(vertx, settings);
    journal = new JournalReader(new SubjectKeys(database, master));
  }

  /**
   * Opens it.
   *
   * @throws dev.signalbox.ops.settings.BadSettings when the journal's key is not there
   * @throws IllegalStateException when there is no database
   */
  public static RecordedAccess open(Settings settings) {
    if (settings.databaseUrl() != null) {
      var outside = DatabaseSettings.parse(settings.databaseUrl());
      return new RecordedAccess(null, outside, key(settings));
    }
    var running = EmbeddedDatabase.running(settings.data());
    var master = key(settings);
    if (running != null) {
      return new RecordedAccess(null, running, master);
    }
    var started = EmbeddedDatabase.start(settings.data());
    return new RecordedAccess(started, started.app(), master);
  }

  private static MasterKey key(Settings settings) {
    return KeyFiles.existingMasterKey(settings.data(), settings.journalKey());
  }

  public Database database() {
    return database;
  }

  public JournalReader journal() {
    return journal;
  }

  @Override
  public void close() {
    database.close();
    if (started != null) {
      started.close();
    }
    vertx.close().await();
  }
}
