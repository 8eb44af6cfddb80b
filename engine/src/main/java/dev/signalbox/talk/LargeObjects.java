package dev.signalbox.talk;

import dev.signalbox.db.Database;
import dev.signalbox.db.Tx;
import dev.signalbox.journal.PieceStream;
import dev.signalbox.outside.FileStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Files as large objects of PostgreSQL: written and read piece by piece, each in a transaction of
 * its own, so that a slow caller holds none.
 */
public final class LargeObjects implements FileStore {
  private static final int PIECE = 256 << 10;

  private final Database database;

  public LargeObjects(Database database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public String placeOf(UUID id) {
    return id.toString();
  }

  @Override
  public void put(String place, Path content) {
    var id = UUID.fromString(place);
    in(tx -> LargeObjectTable.create(tx, id));
    try (var in = Files.newInputStream(content)) {
      long written = 0;
      for (var piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
        var bytes = piece;
        long offset = written;
        in(tx -> LargeObjectTable.put(tx, id, offset, bytes));
        written += bytes.length;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("An upload on its way cannot be read again.", e);
    }
  }

  @Override
  public @Nullable InputStream open(String place) {
    var id = UUID.fromString(place);
    return database.read(tx -> LargeObjectTable.exists(tx, id)) ? new Pieces(id) : null;
  }

  @Override
  public void remove(String place) {
    var id = UUID.fromString(place);
    in(tx -> LargeObjectTable.unlink(tx, id));
  }

  private void in(Consumer<Tx> work) {
    database.inTransaction(tx -> {
      work.accept(tx);
      return true;
    });
  }

  private final class Pieces extends PieceStream {
    private final UUID id;
    private long offset;

    private Pieces(UUID id) {
      this.id = id;
    }

    @Override
    protected byte[] next() {
      long from = offset;
      var piece = database.read(tx -> LargeObjectTable.get(tx, id, from, PIECE));
      offset += piece.length;
      return piece;
    }
  }
}
