package dev.signalbox.adapters.s3;

import dev.signalbox.adapters.settings.Secret;
import java.net.URI;
import java.time.Duration;

/**
 * A configured bucket.
 *
 * @param endpoint where the store answers
 * @param bucket takes new files; older ones are found in the bucket that took them
 * @param region what requests are signed for
 * @param pathStyle whether the bucket is in the path of an address, not in its host
 * @param timeout for one call, with all its tries
 */
public record S3Settings(
    URI endpoint,
    String bucket,
    String region,
    Secret accessKey,
    Secret secretKey,
    boolean pathStyle,
    Duration timeout) {
  public static final String REGION = "us-east-1";
  public static final Duration TIMEOUT = Duration.ofSeconds(60);
}
