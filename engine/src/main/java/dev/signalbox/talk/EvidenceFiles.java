package dev.signalbox.talk;

import dev.signalbox.db.Database;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.disputes.Evidence.Upload;
import dev.signalbox.journal.FileKeys;
import dev.signalbox.journal.FileSeal;
import dev.signalbox.outside.FileStore;
import dev.signalbox.outside.StoreAway;
import dev.signalbox.signals.Signals;
import dev.signalbox.talk.FileTable.Lying;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that are evidence, in their stores. A row says where a file is going to lie before any byte
 * goes there, the commit of its event says that it belongs there, and what no event speaks of is
 * removed: at once, or later by the sweep. So a store never has what no row knows.
 */
public final class EvidenceFiles {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceFiles.class);

  private final Database database;
  private final FileKeys keys;
  private final Map<String, FileStore> stores = new LinkedHashMap<>();
  private final FileStore first;
  private final Signals signals;
  private final InstantSource clock;

  /**
   * @param first takes new files
   * @param others those in which older ones may lie
   */
  public EvidenceFiles(
      Database database,
      FileKeys keys,
      FileStore first,
      List<FileStore> others,
      Signals signals,
      InstantSource clock) {
    this.database = database;
    this.keys = keys;
    this.first = first;
    this.signals = signals;
    this.clock = clock;
    others.forEach(store -> stores.put(store.name(), store));
    stores.put(first.name(), first);
  }

  /** Begins to take a file in, about an exception; whoever asks closes it. */
  public IncomingFile incoming(ExceptionCase about) {
    var id = UUID.randomUUID();
    return IncomingFile.begin(id, keys.make(id, about));
  }

  /**
   * Stores what came, whole. It belongs to nothing until an event is committed that speaks of it;
   * {@link #drop} it when there is none.
   *
   * @throws StoreAway when it is not stored
   */
  public void store(IncomingFile file) {
    var lying = new Lying(file.id(), first.name(), first.placeOf(file.id()), file.subject());
    database.inTransaction(tx -> {
      FileTable.begin(tx, lying, clock.instant());
      return true;
    });
    // What failed may still arrive there a little later: it is left to the sweep.
    told(first, "put", () -> first.put(lying.place(), file.path()));
  }

  /**
   * Opens a file; null when it was erased.
   *
   * @throws FileDamaged when it is gone
   * @throws StoreAway when its store does not answer
   */
  public @Nullable OutgoingFile open(Upload file) {
    var lying = database.<@Nullable Lying>read(tx -> FileTable.find(tx, file.id()));
    if (lying == null) {
      throw new FileDamaged("Nothing is known of the file %s.".formatted(file.id()));
    }
    if (lying.subject() == null) {
      return new OutgoingFile(file, stored(file, lying), outcome(lying));
    }
    var key = keys.find(file.id(), lying.subject());
    if (key == null) {
      return null;
    }
    return new OutgoingFile(file, FileSeal.opening(key, stored(file, lying)), outcome(lying));
  }

  private Consumer<String> outcome(Lying lying) {
    return outcome -> signals.filed(lying.store(), "open", outcome);
  }

  private InputStream stored(Upload file, Lying lying) {
    var store = stores.get(lying.store());
    try {
      if (store == null) {
        throw new StoreAway(
            "The file %s lies in the store \"%s\", which is not configured."
                .formatted(file.id(), lying.store()),
            null);
      }
      var in = store.open(lying.place());
      if (in != null) {
        return in;
      }
    } catch (StoreAway e) {
      signals.filed(lying.store(), "open", "away");
      throw e;
    }
    signals.filed(lying.store(), "open", "damaged");
    throw new FileDamaged(
        "The file %s is not in its store any more: %s, %s."
            .formatted(file.id(), lying.store(), lying.place()));
  }

  /** Removes a file, when it belongs to nothing or was erased; what fails is left to the sweep. */
  public void drop(UUID id) {
    try {
      var lying =
          database.<@Nullable Lying>inTransaction(tx -> {
            FileTable.dismiss(tx, id);
            return FileTable.leaving(tx, id);
          });
      if (lying != null) {
        remove(lying);
      }
    } catch (RuntimeException e) {
      LOG.debug("The file {}, which belongs to nothing, is left to the sweep.", id, e);
    }
  }

  /**
   * Removes files that belong to nothing, as they were erased or were begun before an instant, as
   * far as their stores answer.
   *
   * @param bound how many at most
   * @return how many were removed
   */
  public int sweep(Instant before, int bound) {
    var leaving =
        database.inTransaction(tx -> {
          FileTable.dismissLoose(tx, before, bound);
          return FileTable.leaving(tx, List.copyOf(stores.keySet()), bound);
        });
    var away = new ArrayList<String>();
    int removed = 0;
    for (var lying : leaving) {
      if (!away.contains(lying.store())) {
        try {
          remove(lying);
          removed++;
        } catch (StoreAway e) {
          LOG.warn("Files that belong to nothing stay for now: {}", e.getMessage());
          away.add(lying.store());
        }
      }
    }
    return removed;
  }

  private void remove(Lying lying) {
    var store = stores.get(lying.store());
    if (store != null) {
      told(store, "remove", () -> store.remove(lying.place()));
      database.inTransaction(tx -> {
        FileTable.forget(tx, lying.id());
        return true;
      });
    }
  }

  private void told(FileStore store, String what, Runnable call) {
    try {
      call.run();
      signals.filed(store.name(), what, "done");
    } catch (StoreAway e) {
      signals.filed(store.name(), what, "away");
      throw e;
    }
  }
}
