package dev.signalbox.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FileSealTest {
  private static final int HEAD = 8;
  private static final int PIECE = 64 << 10;
  private static final int SEALED = PIECE + 16;
  private static final SecretKey KEY = key(1);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 200_000})
  void what_is_sealed_opens_whole_in_whatever_pieces_it_came(int length) throws IOException {
    var content = content(length);
    for (int step : new int[] {1_000, PIECE, 70_001}) {
      var sealed = sealed(content, step);

      assertThat(sealed).hasSize(HEAD + length + 16 * Math.max(1, (length + PIECE - 1) / PIECE));
      assertThat(opened(KEY, sealed)).isEqualTo(content);
    }
  }

  @Test
  void no_byte_can_be_changed_anywhere() throws IOException {
    var content = content(PIECE + 100);
    var sealed = sealed(content, PIECE);
    var places = new Random(1).ints(60, 0, sealed.length).toArray();
    places[0] = 0;
    places[1] = HEAD - 1;
    places[2] = HEAD;
    places[3] = HEAD + SEALED - 1;
    places[4] = sealed.length - 1;
    for (int at : places) {
      var changed = sealed.clone();
      changed[at] ^= 1;
      refuses(KEY, changed);
    }
  }

  @Test
  void no_piece_can_be_left_out_moved_added_or_cut_off() throws IOException {
    var sealed = sealed(content(3 * PIECE), PIECE);
    var head = Arrays.copyOf(sealed, HEAD);
    var first = Arrays.copyOfRange(sealed, HEAD, HEAD + SEALED);
    var second = Arrays.copyOfRange(sealed, HEAD + SEALED, HEAD + 2 * SEALED);
    var third = Arrays.copyOfRange(sealed, HEAD + 2 * SEALED, HEAD + 3 * SEALED);
    assertThat(opened(KEY, joined(head, first, second, third))).hasSize(3 * PIECE);

    refuses(KEY, joined(head, first, second));
    refuses(KEY, joined(head, first, third));
    refuses(KEY, joined(head, second, first, third));
    refuses(KEY, joined(head, first, second, second, third));
    refuses(KEY, joined(head, first, second, third, third));
    refuses(KEY, head);
    refuses(KEY, Arrays.copyOf(sealed, 5));
    refuses(KEY, Arrays.copyOf(sealed, sealed.length - 1));
  }

  @Test
  void another_key_opens_nothing_and_nothing_comes_before_it_is_known_to_be_genuine()
      throws IOException {
    var sealed = sealed(content(2 * PIECE), PIECE);
    refuses(key(2), sealed);

    sealed[sealed.length - 1] ^= 1;
    try (var in = FileSeal.opening(KEY, new ByteArrayInputStream(sealed))) {
      assertThat(in.readNBytes(PIECE)).isEqualTo(content(2 * PIECE, PIECE));
      assertThatThrownBy(in::read).isInstanceOf(Corrupt.class);
    }
  }

  private static void refuses(SecretKey key, byte[] sealed) {
    assertThatThrownBy(() -> opened(key, sealed)).isInstanceOf(Corrupt.class);
  }

  private static byte[] sealed(byte[] content, int step) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var sealing = FileSeal.closing(KEY, out)) {
      for (int at = 0; at < content.length; at += step) {
        sealing.write(content, at, Math.min(step, content.length - at));
      }
    }
    return out.toByteArray();
  }

  private static byte[] opened(SecretKey key, byte[] sealed) throws IOException {
    try (InputStream in = FileSeal.opening(key, new ByteArrayInputStream(sealed))) {
      return in.readAllBytes();
    }
  }

  private static byte[] joined(byte[]... parts) throws IOException {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.write(part);
    }
    return out.toByteArray();
  }

  private static SecretKey key(int seed) {
    var bytes = new byte[32];
    new Random(seed).nextBytes(bytes);
    return new SecretKeySpec(bytes, "AES");
  }

  private static byte[] content(int length) {
    var bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  /** The beginning of a longer content. */
  private static byte[] content(int length, int first) {
    return Arrays.copyOf(content(length), first);
  }
}
