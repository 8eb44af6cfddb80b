package dev.signalbox.rules.kept;

import dev.signalbox.exceptions.Sha256;
import dev.signalbox.rules.check.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.kie.api.KieBase;

/**
 * The name under which the compiled rules of a folder are kept: the folder, and a digest of all
 * that decides what the compiler makes of them. What is found under it is what the compiler would
 * make.
 */
public final class KeptName {
  /** Another one whenever rules are compiled in another way, or written in another form. */
  private static final String TAG = "signalbox/kept-rules/1";

  private KeptName() {}

  /**
   * A name.
   *
   * @param code the digest of the rules as they are compiled
   */
  public static String of(String point, Sha256 code) {
    var digest = Sha256.hashing();
    digest.update(Program.DIGEST);
    digest.update(code.bytes());
    return point + "-" + HexFormat.of().formatHex(digest.digest());
  }

  /** What is the same for all rules of this program, on this platform. */
  private static final class Program {
    static final byte[] DIGEST = digest();

    private static byte[] digest() {
      var digest = Sha256.hashing();
      for (var said : List.of(TAG, engine(), Runtime.version().toString())) {
        digest.update(said.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      for (var name : new TreeSet<>(Words.ALL.classes())) {
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(content(name));
      }
      return digest.digest();
    }

    /** Of the rules engine; a build without one is no release, and its path will do. */
    private static String engine() {
      var version = KieBase.class.getPackage().getImplementationVersion();
      return version == null ? String.valueOf(KieBase.class.getProtectionDomain()) : version;
    }

    /** Facts and outputs as they are compiled: rules are compiled against them. */
    private static byte[] content(String name) {
      var file = "/" + name.replace('.', '/') + ".class";
      try (var in = KeptName.class.getResourceAsStream(file)) {
        return in == null ? new byte[0] : in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException("The program cannot read its own class " + name + ".", e);
      }
    }
  }
}
