package dev.signalbox.adapters.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where secrets are: {@code env:NAME} or {@code file:PATH}. A secret written into the settings
 * themselves is refused, since settings are copied, committed and shown.
 */
public final class SecretReferences {
  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";

  private SecretReferences() {}

  /** Looks references up; a last line break of a file does not belong to the secret. */
  public static Function<String, @Nullable String> in(Map<String, String> environment) {
    return reference ->
        reference.startsWith(ENVIRONMENT)
            ? environment.get(reference.substring(ENVIRONMENT.length()))
            : file(reference.substring(FILE.length()));
  }

  /** Whether a text says where a secret is. */
  public static boolean isReference(String text) {
    return text.startsWith(ENVIRONMENT) || text.startsWith(FILE);
  }

  private static @Nullable String file(String path) {
    var file = Path.of(path);
    try {
      return Files.exists(file) ? Files.readString(file).stripTrailing() : null;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The file of a secret, %s, cannot be read.".formatted(file), e);
    }
  }
}
