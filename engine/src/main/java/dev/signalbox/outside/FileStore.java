package dev.signalbox.outside;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of uploaded files lie: one instance for each store, safe for many callers at
 * once. Called from virtual threads with no connection to the database held; every call ends within
 * bounds of its own.
 *
 * @see StoreAway what every call may throw
 */
public interface FileStore {

  /** The word under which files are recorded as lying here; always the same. */
  String name();

  /** Where a new file would lie. Only this store reads it. */
  String placeOf(UUID id);

  /**
   * Stores a file; the same again replaces it. One that could not be stored whole is never read,
   * and removed later.
   */
  void put(String place, Path content);

  /**
   * Opens a file; null when nothing lies there. Reading throws an {@link java.io.IOException} when
   * the store breaks off.
   */
  @Nullable InputStream open(String place);

  /** Removes a file; what is not there is removed already. */
  void remove(String place);
}
