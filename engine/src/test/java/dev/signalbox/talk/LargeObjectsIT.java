package dev.signalbox.talk;

import dev.signalbox.outside.FileStore;
import dev.signalbox.talk.FileTable.Lying;
import dev.signalbox.testkit.FileStoreContract;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.TestPostgres;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LargeObjectsIT extends FileStoreContract {
  private static TestPostgres postgres;

  @BeforeAll
  static void open() {
    postgres = TestPostgres.freshDatabase();
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  @Override
  protected FileStore store() {
    return new LargeObjects(postgres.database());
  }

  /** It has a row before it has bytes. */
  @Override
  protected String place() {
    var id = UUID.randomUUID();
    var place = store().placeOf(id);
    postgres
        .database()
        .inTransaction(tx -> {
          FileTable.begin(tx, new Lying(id, store().name(), place, null), TestBox.START);
          return true;
        });
    return place;
  }
}
