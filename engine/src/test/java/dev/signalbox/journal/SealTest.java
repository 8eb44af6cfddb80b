package dev.signalbox.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.testkit.RandomReports;
import dev.signalbox.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SealTest {
  private static final byte[] HERE = {1};
  private static final byte[] ELSEWHERE = {2};
  private static final byte[] PLAIN = "Meier & Söhne".getBytes(StandardCharsets.UTF_8);

  @Test
  void what_is_sealed_opens_with_its_key_at_its_place() {
    Seeds.each(
        200,
        random -> {
          var plain = new RandomReports(random).text().getBytes(StandardCharsets.UTF_8);
          assertThat(Seal.open(key(1), Seal.close(key(1), plain, HERE), HERE)).isEqualTo(plain);
        });
  }

  @Test
  void the_same_is_never_sealed_to_the_same_bytes() {
    assertThat(Seal.close(key(1), PLAIN, HERE)).isNotEqualTo(Seal.close(key(1), PLAIN, HERE));
  }

  @Test
  void another_key_or_place_does_not_open_it() {
    var sealed = Seal.close(key(1), PLAIN, HERE);

    assertClosed(key(2), sealed, HERE);
    assertClosed(key(1), sealed, ELSEWHERE);
  }

  @Test
  void a_change_anywhere_keeps_it_shut() {
    var sealed = Seal.close(key(1), PLAIN, HERE);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      var changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertClosed(key(1), changed, HERE);
    }
    for (int length = 0; length < sealed.length; length++) {
      assertClosed(key(1), Arrays.copyOf(sealed, length), HERE);
    }
  }

  /** Expected values by another implementation of RFC 5869 and RFC 2104. */
  @Test
  void the_keys_that_derive_from_the_master_key_are_these() {
    var master = new MasterKey(new byte[MasterKey.BYTES]);

    assertThat(HexFormat.of().formatHex(master.wrapping().getEncoded()))
        .isEqualTo("f45e45d2aa0d05759b82ec73e39d56b72b668f5a14a1267b93baf4be7d70c362");
    assertThat(master.subject("counterparty", "cp-1").hex())
        .isEqualTo("e4103ec952b8a8c272ab3849fdbe17ced764e4f9a0e73b262f13bf78d01eac4a");
  }

  @Test
  void kinds_of_subjects_never_meet() {
    var master = new MasterKey(new byte[MasterKey.BYTES]);

    assertThat(master.subject("case", "1")).isNotEqualTo(master.subject("counterparty", "1"));
  }

  @Test
  void a_master_key_of_another_length_is_refused_and_none_is_ever_shown() {
    assertThatThrownBy(() -> new MasterKey(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The journal's master key has 31 bytes, not 32.");
    assertThat(new MasterKey(new byte[32])).hasToString("MasterKey(secret)");
  }

  private static void assertClosed(SecretKey key, byte[] sealed, byte[] context) {
    assertThatThrownBy(() -> Seal.open(key, sealed, context))
        .isInstanceOf(Corrupt.class)
        .hasMessage("A sealed part does not open with its key.");
  }

  private static SecretKey key(int number) {
    var bytes = new byte[32];
    bytes[0] = (byte) number;
    return new SecretKeySpec(bytes, "AES");
  }
}
