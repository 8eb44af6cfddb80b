package dev.signalbox.ops.settings;

import dev.signalbox.adapters.s3.S3Settings;
import dev.signalbox.adapters.settings.Secret;
import dev.signalbox.adapters.settings.SecretReferences;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where files that are evidence lie.
 *
 * @param inS3 whether new ones go to the bucket
 * @param s3 the bucket; null where there is none, and then every file lies in PostgreSQL
 */
public record EvidenceSettings(boolean inS3, @Nullable S3Settings s3) {
  /** In PostgreSQL. */
  public static final EvidenceSettings USUAL = new EvidenceSettings(false, null);

  private static final Duration TIMEOUT_MAX = Duration.ofMinutes(10);

  /** Reads {@code evidence}. A bucket may be named beside PostgreSQL: older files are in it. */
  static EvidenceSettings read(Section settings, Function<String, @Nullable String> secrets) {
    var evidence =
        settings
            .section("evidence")
            .only(
                "store",
                "endpoint",
                "bucket",
                "region",
                "accessKey",
                "secretKey",
                "pathStyle",
                "timeout");
    boolean inS3 = evidence.choice("store", "postgresql", "s3").equals("s3");
    boolean hasBucket = evidence.names().stream().anyMatch(name -> !name.equals("store"));
    var s3 = inS3 || hasBucket ? bucket(evidence, secrets) : null;
    return new EvidenceSettings(inS3 && s3 != null, s3);
  }

  private static @Nullable S3Settings bucket(
      Section evidence, Function<String, @Nullable String> secrets) {
    var endpoint = endpoint(evidence);
    var bucket = evidence.text("bucket");
    if (bucket == null
        ? !evidence.has("bucket")
        : !bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      evidence.wrong(
          "bucket", bucket == null ? "missing" : "no name of a bucket: \"" + bucket + "\"");
    }
    var region = evidence.text("region");
    var accessKey = secret(evidence, "accessKey", secrets);
    var secretKey = secret(evidence, "secretKey", secrets);
    var pathStyle = evidence.flag("pathStyle", true);
    var timeout = evidence.duration("timeout", S3Settings.TIMEOUT);
    if (timeout.compareTo(TIMEOUT_MAX) > 0) {
      evidence.wrong("timeout", "at most 10m");
    }
    return endpoint == null || bucket == null || accessKey == null || secretKey == null
        ? null
        : new S3Settings(
            endpoint,
            bucket,
            region == null ? S3Settings.REGION : region,
            accessKey,
            secretKey,
            pathStyle,
            timeout);
  }

  private static @Nullable URI endpoint(Section evidence) {
    var text = evidence.text("endpoint");
    if (text != null && text.matches("https?://[A-Za-z0-9.:\\[\\]-]+/?")) {
      try {
        return URI.create(text);
      } catch (IllegalArgumentException e) {
        // Told below.
      }
    }
    if (text != null || !evidence.has("endpoint")) {
      evidence.wrong(
          "endpoint",
          text == null
              ? "missing: an address like https://s3.eu-central-1.amazonaws.com"
              : "an address like https://s3.eu-central-1.amazonaws.com: without user and path");
    }
    return null;
  }

  private static @Nullable Secret secret(
      Section evidence, String name, Function<String, @Nullable String> secrets) {
    var reference = evidence.text(name);
    if (reference == null || !SecretReferences.isReference(reference)) {
      if (reference != null || !evidence.has(name)) {
        evidence.wrong(
            name,
            reference == null
                ? "missing: env:NAME or file:PATH"
                : "not to stand here itself: write env:NAME or file:PATH, and keep it there");
      }
      return null;
    }
    var value = secrets.apply(reference);
    if (value == null || value.isBlank()) {
      evidence.wrong(name, "empty: there is nothing at " + reference);
      return null;
    }
    return new Secret(value);
  }
}
