package dev.signalbox.journal;

import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Counterparty;
import dev.signalbox.exceptions.ExceptionCase;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The one secret from which the journal's others derive (HKDF-SHA-256, RFC 5869): the key that
 * wraps the subjects' keys, and the key that hides who a subject is; and the key by which a node
 * knows the compiled rules that it kept. It never reaches the database.
 */
public final class MasterKey {
  public static final int BYTES = 32;

  private final SecretKey wrapping;
  private final SecretKey naming;
  private final SecretKey keeping;

  /**
   * Takes the secret.
   *
   * @throws IllegalArgumentException when it is not 32 bytes
   */
  public MasterKey(byte[] secret) {
    if (secret.length != BYTES) {
      throw new IllegalArgumentException(
          "The journal's master key has %d bytes, not %d.".formatted(secret.length, BYTES));
    }
    var source = new SecretKeySpec(Arrays.copyOf(secret, BYTES), "HKDF");
    wrapping = derived(source, "signalbox/journal/wrap/1", "AES");
    naming = derived(source, "signalbox/journal/subject/1", "HmacSHA256");
    keeping = derived(source, "signalbox/kept-rules/1", "HmacSHA256");
  }

  private static SecretKey derived(SecretKey source, String purpose, String algorithm) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              algorithm,
              HKDFParameterSpec.ofExtract()
                  .addIKM(source)
                  .thenExpand(purpose.getBytes(StandardCharsets.US_ASCII), BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java platform has no HKDF-SHA256.", e);
    }
  }

  SecretKey wrapping() {
    return wrapping;
  }

  /** For HMAC-SHA-256 over compiled rules that are kept beside the data. */
  public SecretKey keptRules() {
    return keeping;
  }

  /** The subject that a name stands for; the same on every node. */
  Subject subject(String kind, String name) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(naming);
      mac.update(kind.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return Subject.of(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java platform has no HmacSHA256.", e);
    }
  }

  /** Whose personal data is in a case: its counterparty's, or where none is named its own. */
  Subject about(ExceptionCase state) {
    @Nullable Counterparty counterparty = state.report().counterparty();
    var identity = counterparty == null ? null : counterparty.identity();
    return identity == null
        ? subject("case", state.id().toString())
        : subject("counterparty", identity);
  }

  /** The subject that a comment or a piece of evidence is, beside whom it is about. */
  Subject words(CaseId caseId, long seq) {
    return subject("comment", caseId + "/" + seq);
  }

  /** The subject that a file is, beside whom it is about. */
  Subject file(UUID id) {
    return subject("file", id.toString());
  }

  @Override
  public String toString() {
    return "MasterKey(secret)";
  }
}
