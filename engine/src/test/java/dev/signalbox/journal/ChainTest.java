package dev.signalbox.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.Sha256;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The expected hashes were taken by another program, from the words of {@link Chain} alone. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChainTest {
  private static final byte[] FACTS =
      "{\"type\":\"Cleared/1\"}".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SEALED = {1, 2, 3};
  private static final Subject SUBJECT =
      new Subject("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  private static final Sha256 FIRST =
      new Sha256("4dda78d4e7aef7e9a0de1a003a0c7ba11627e203fd726f9efb9ba35bab3c27d7");
  private static final Sha256 SECOND =
      new Sha256("e4598ec3859905a2f28c9b62d9a8e9a17ac08f795f7d93b34751f6ddada01613");

  @Test
  void a_first_row_without_a_sealed_part_has_this_hash() {
    assertThat(Chain.hash(Chain.GENESIS, FACTS, null, null)).isEqualTo(FIRST);
  }

  @Test
  void a_second_row_with_a_sealed_part_has_this_hash() {
    assertThat(Chain.hash(FIRST, FACTS, SUBJECT, SEALED)).isEqualTo(SECOND);
  }

  @Test
  void every_part_counts() {
    var other = new Subject("ff".repeat(32));
    assertThat(Chain.hash(SECOND, FACTS, SUBJECT, SEALED)).isNotEqualTo(SECOND);
    assertThat(Chain.hash(FIRST, SEALED, SUBJECT, SEALED)).isNotEqualTo(SECOND);
    assertThat(Chain.hash(FIRST, FACTS, other, SEALED)).isNotEqualTo(SECOND);
    assertThat(Chain.hash(FIRST, FACTS, SUBJECT, FACTS)).isNotEqualTo(SECOND);
    assertThat(Chain.hash(FIRST, FACTS, null, null)).isNotEqualTo(SECOND);
    assertThat(Chain.hash(FIRST, FACTS, SUBJECT, new byte[0]))
        .isNotEqualTo(Chain.hash(FIRST, FACTS, null, null));
  }
}
