package dev.signalbox.journal;

import dev.signalbox.exceptions.ExceptionCase;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys of files, which lie beside the journal: each derived from a key of its own and that of
 * the subject of its case, so that it goes with either.
 */
public final class FileKeys {
  private final SubjectKeys keys;

  public FileKeys(SubjectKeys keys) {
    this.keys = keys;
  }

  /**
   * What opens a file.
   *
   * @param subject whose key it takes beside its own; to be kept with the file
   */
  public record FileKey(Subject subject, SecretKey key) {}

  /** Makes the key of a new file. */
  public FileKey make(UUID file, ExceptionCase about) {
    var subject = keys.master().about(about);
    var own = keys.master().file(file);
    return new FileKey(
        subject,
        derived(
            file,
            key(keys.forOneUse(List.of(own)), own),
            key(keys.forSealing(List.of(subject)), subject)));
  }

  /** The key of a file; null when one that it takes was destroyed. */
  public @Nullable SecretKey find(UUID file, Subject subject) {
    var own = keys.master().file(file);
    var opening = keys.forOpeningOnce(List.of(own)).get(own);
    var shared = keys.forOpening(Set.of(subject)).get(subject);
    return opening == null || shared == null ? null : derived(file, opening, shared);
  }

  private static SecretKey key(Map<Subject, SecretKey> made, Subject subject) {
    var key = made.get(subject);
    if (key == null) {
      throw new IllegalStateException("There is no key to seal a file with.");
    }
    return key;
  }

  private static SecretKey derived(UUID file, SecretKey own, SecretKey shared) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              "AES",
              HKDFParameterSpec.ofExtract()
                  .addIKM(own)
                  .addIKM(shared)
                  .thenExpand(
                      ("signalbox/file/1/" + file).getBytes(StandardCharsets.US_ASCII),
                      MasterKey.BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java platform has no HKDF-SHA256.", e);
    }
  }
}
