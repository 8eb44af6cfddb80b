package dev.signalbox.adapters.s3;

import dev.signalbox.adapters.settings.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** A real S3 server with its objects in a folder, which checks signatures. */
public final class TestS3 implements AutoCloseable {
  public static final String BUCKET = "evidence-of-ours";
  public static final String KEY = "a-key";
  public static final String SECRET = "s3cr3t-of-the-store";

  private final Path folder;
  private final S3Proxy server;

  private TestS3(Path folder, S3Proxy server) {
    this.folder = folder;
    this.server = server;
  }

  /** Starts, with an empty bucket. */
  public static TestS3 start() {
    try {
      var folder = Files.createTempDirectory("signalbox-s3-");
      Files.createDirectory(folder.resolve(BUCKET));
      var server =
          S3Proxy.builder()
              .blobStore(new FilesystemNio2BlobStore(folder.toString()))
              .endpoint(URI.create("http://127.0.0.1:0"))
              .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
              .build();
      server.start();
      return new TestS3(folder, server);
    } catch (Exception e) {
      throw new AssertionError("The S3 server does not start.", e);
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** How a store speaks to it. */
  public S3Settings settings() {
    return settings(endpoint(), BUCKET, SECRET);
  }

  static S3Settings settings(URI endpoint, String bucket, String secret) {
    return new S3Settings(
        endpoint,
        bucket,
        S3Settings.REGION,
        new Secret(KEY),
        new Secret(secret),
        true,
        Duration.ofSeconds(20));
  }

  /** The objects there are, as files. */
  public List<Path> objects() {
    try (var files = Files.walk(folder.resolve(BUCKET))) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
      try (var files = Files.walk(folder)) {
        files.sorted((one, other) -> other.compareTo(one)).forEach(path -> path.toFile().delete());
      }
    } catch (Exception e) {
      throw new AssertionError("The S3 server does not stop.", e);
    }
  }
}
