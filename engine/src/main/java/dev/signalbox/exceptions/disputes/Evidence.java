package dev.signalbox.exceptions.disputes;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One piece of evidence: words, and maybe a link or a file.
 *
 * @param comment what it shows
 * @param link where it can be seen, as given
 * @param file what was uploaded
 */
public record Evidence(String comment, @Nullable String link, @Nullable Upload file) {

  /**
   * An uploaded file.
   *
   * @param id under which it is stored
   * @param name as the uploader calls it
   * @param mediaType as the uploader says
   * @param bytes how long it is
   * @param sha256 64 hexadecimal digits
   */
  public record Upload(UUID id, String name, String mediaType, long bytes, String sha256) {}
}
