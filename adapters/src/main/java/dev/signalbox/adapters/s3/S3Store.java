package dev.signalbox.adapters.s3;

import dev.signalbox.outside.FileStore;
import dev.signalbox.outside.StoreAway;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Files in a bucket, one object each. A place is the bucket and the object's key, so that files are
 * found after new ones go to another bucket.
 */
public final class S3Store implements FileStore, AutoCloseable {
  private static final String FOLDER = "evidence/";
  private static final Duration CONNECTING = Duration.ofSeconds(5);
  private static final Duration SILENCE_MAX = Duration.ofSeconds(15);

  private final S3Settings settings;
  private @Nullable S3Client client;

  public S3Store(S3Settings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "s3";
  }

  @Override
  public String placeOf(UUID id) {
    return settings.bucket() + "/" + FOLDER + id;
  }

  /** Sends the length ahead, so that the store keeps all of it or nothing. */
  @Override
  public void put(String place, Path content) {
    var at = Place.of(place);
    call(
        at,
        s3 ->
            s3.putObject(
                put -> put.bucket(at.bucket()).key(at.key()), RequestBody.fromFile(content)));
  }

  @Override
  public @Nullable InputStream open(String place) {
    var at = Place.of(place);
    return this.<@Nullable InputStream>call(
        at,
        s3 -> {
          try {
            return new BoundedRead(
                s3.getObject(get -> get.bucket(at.bucket()).key(at.key())), settings.timeout());
          } catch (NoSuchKeyException e) {
            return null;
          }
        });
  }

  @Override
  public void remove(String place) {
    var at = Place.of(place);
    call(at, s3 -> s3.deleteObject(delete -> delete.bucket(at.bucket()).key(at.key())));
  }

  private record Place(String bucket, String key) {
    static Place of(String text) {
      int slash = text.indexOf('/');
      return new Place(text.substring(0, slash), text.substring(slash + 1));
    }
  }

  private <T extends @Nullable Object> T call(Place at, Function<S3Client, T> call) {
    try {
      return call.apply(client());
    } catch (S3Exception e) {
      throw away(at, refusal(e), e);
    } catch (SdkClientException e) {
      throw away(at, "it does not answer (%s)".formatted(root(e)), e);
    } catch (SdkException e) {
      throw away(at, e.toString(), e);
    }
  }

  private static String refusal(S3Exception e) {
    var details = e.awsErrorDetails();
    var code = details == null ? "none" : details.errorCode();
    return switch (e.statusCode()) {
      case 401, 403 -> "it refuses the access key and its secret (%s)".formatted(code);
      case 404 -> "there is no such bucket (%s)".formatted(code);
      default -> "it answers with %d (%s)".formatted(e.statusCode(), code);
    };
  }

  /** What really happened, below the library's words for it. */
  private static String root(Throwable failure) {
    var root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }

  private StoreAway away(Place at, String what, Exception cause) {
    return new StoreAway(
        "The bucket %s of the S3 store at %s cannot be used: %s."
            .formatted(at.bucket(), settings.endpoint(), what),
        cause);
  }

  /** Made when it is first needed. Nothing of this machine's other settings for AWS is used. */
  private synchronized S3Client client() {
    if (client == null) {
      client =
          S3Client.builder()
              .endpointOverride(settings.endpoint())
              .region(Region.of(settings.region()))
              .forcePathStyle(settings.pathStyle())
              .credentialsProvider(
                  StaticCredentialsProvider.create(
                      AwsBasicCredentials.create(
                          settings.accessKey().reveal(), settings.secretKey().reveal())))
              // Other stores than Amazon's do not know the newer checksums; ours is the SHA-256.
              .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
              .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
              .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
              .overrideConfiguration(all ->
                  all.apiCallTimeout(settings.timeout())
                      .defaultProfileFile(ProfileFile.aggregator().build()))
              .httpClientBuilder(
                  UrlConnectionHttpClient.builder()
                      .connectionTimeout(shorter(CONNECTING))
                      .socketTimeout(shorter(SILENCE_MAX)))
              .build();
    }
    return client;
  }

  private Duration shorter(Duration usual) {
    return usual.compareTo(settings.timeout()) < 0 ? usual : settings.timeout();
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }
}
