package dev.signalbox.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.outside.FileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of files must do, wherever it keeps them. */
public abstract class FileStoreContract {
  @TempDir protected Path folder;

  /** The store under test. */
  protected abstract FileStore store();

  /** Where a new file is going to lie, and may be put. */
  protected String place() {
    return store().placeOf(UUID.randomUUID());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 262_144, 3_000_017})
  void what_was_put_is_read_back_as_it_was(int length) throws Exception {
    var place = place();

    put(place, content(length, 1));

    assertThat(read(place)).isEqualTo(content(length, 1));
  }

  @Test
  void what_is_put_again_replaces_what_was_there() throws Exception {
    var place = place();
    put(place, content(600_000, 1));

    put(place, content(500_000, 2));

    assertThat(read(place)).isEqualTo(content(500_000, 2));
  }

  @Test
  void what_is_not_there_is_not_opened_and_may_be_removed() throws Exception {
    var place = place();
    assertThat(opened(place)).isFalse();

    inVirtualThread(() -> {
      store().remove(place);
      return true;
    });

    assertThat(opened(place)).isFalse();
  }

  @Test
  void what_was_removed_is_gone_and_nothing_else_is() throws Exception {
    var kept = place();
    var gone = place();
    put(kept, content(10, 1));
    put(gone, content(10, 2));

    inVirtualThread(() -> {
      store().remove(gone);
      return true;
    });

    assertThat(opened(gone)).isFalse();
    assertThat(read(kept)).isEqualTo(content(10, 1));
  }

  @Test
  void what_is_not_read_to_its_end_disturbs_nobody() throws Exception {
    var place = place();
    put(place, content(3_000_000, 1));

    for (int i = 0; i < 5; i++) {
      inVirtualThread(() -> {
        try (var in = requireNonNull(store().open(place))) {
          return in.readNBytes(10);
        }
      });
    }

    assertThat(read(place)).isEqualTo(content(3_000_000, 1));
  }

  @Test
  void several_at_once_do_not_mix() throws Exception {
    var places = new ArrayList<String>();
    for (int i = 0; i < 8; i++) {
      places.add(place());
    }
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var puts = new ArrayList<Future<?>>();
      for (int i = 0; i < 8; i++) {
        int seed = i;
        var file = file(content(400_000, seed));
        puts.add(executor.submit(() -> store().put(places.get(seed), file)));
      }
      for (var put : puts) {
        put.get();
      }
    }

    for (int i = 0; i < 8; i++) {
      assertThat(read(places.get(i))).isEqualTo(content(400_000, i));
    }
  }

  protected void put(String place, byte[] content) throws Exception {
    var file = file(content);
    inVirtualThread(() -> {
      store().put(place, file);
      return true;
    });
  }

  protected byte[] read(String place) throws Exception {
    return inVirtualThread(() -> {
      try (var in = requireNonNull(store().open(place))) {
        return in.readAllBytes();
      }
    });
  }

  private boolean opened(String place) throws Exception {
    return inVirtualThread(() -> {
      try (var in = store().open(place)) {
        return in != null;
      }
    });
  }

  /** As the program calls it. */
  protected static <T> T inVirtualThread(Callable<T> call) throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      return executor.submit(call).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  protected Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve(UUID.randomUUID().toString()), content);
  }

  protected static byte[] content(int length, int seed) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
