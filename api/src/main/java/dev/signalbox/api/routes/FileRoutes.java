package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.http.MediaTypes;
import dev.signalbox.api.http.Query;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.api.routes.LineAnswers.Gone;
import dev.signalbox.desk.Receipt;
import dev.signalbox.exceptions.disputes.DisputeMove;
import dev.signalbox.exceptions.disputes.Evidence;
import dev.signalbox.exceptions.disputes.Evidence.Upload;
import dev.signalbox.talk.FoundDispute;
import dev.signalbox.talk.IncomingFile;
import dev.signalbox.talk.OutgoingFile;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files as evidence: taken and given piece by piece, never whole. */
final class FileRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(FileRoutes.class);
  private static final byte[] NOTHING = {};
  private static final int NAME_MAX = 255;
  private static final int COMMENT_MAX = 1_000;

  private final Collaborators with;
  private final DisputeRoutes disputes;
  private final EvidenceRoutes evidence;

  FileRoutes(Collaborators with, DisputeRoutes disputes, EvidenceRoutes evidence) {
    this.with = with;
    this.disputes = disputes;
    this.evidence = evidence;
  }

  /** Begins on the event loop; what takes time is done on a virtual thread. */
  void upload(Exchange exchange) {
    var encoded = MediaTypes.encoded(exchange.request());
    if (encoded != null) {
      exchange.problem(encoded);
    } else if (UploadBody.isTooLong(exchange.request().getHeader("Content-Length"))) {
      exchange.problem(UploadBody.tooLarge());
    } else {
      with.blocking().execute(() -> exchange.step(() -> taken(exchange)));
    }
  }

  private void taken(Exchange exchange) {
    var query = new Query(exchange.request());
    var name = text(query, "name", NAME_MAX);
    var comment = query.textOrNull("comment") == null ? name : text(query, "comment", COMMENT_MAX);
    var type = mediaType(exchange);
    var about = disputes.about(exchange);
    if (about == null) {
      return;
    }
    try (var file = with.files().incoming(about.state())) {
      carriedOut(exchange, about.dispute(), file, new Coming(name, type, comment)).run();
    } catch (Gone e) {
      LOG.debug("An upload was broken off.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is said of a file before it comes. */
  private record Coming(String name, String type, String comment) {}

  /** How it is answered, once nothing is left behind that belongs to nothing. */
  private Runnable carriedOut(
      Exchange exchange, FoundDispute found, IncomingFile file, Coming coming)
      throws Gone, InterruptedException {
    var late = new UploadBody(exchange, file).take();
    var problem =
        late != null
            ? late
            : differing(new Query(exchange.request()).textOrNull("sha256"), file.sha256());
    if (problem != null) {
      return () -> exchange.problem(problem);
    }
    with.files().store(file);
    boolean isKept = false;
    try {
      var receipt = given(exchange, found, coming, file);
      // A repeat under the same key gives the first answer, and its file is one too many.
      isKept = receipt instanceof Receipt.Done(var _, var events, var _) && !events.isEmpty();
      return () -> disputes.answer(exchange, found, receipt);
    } finally {
      if (!isKept) {
        with.files().drop(file.id());
      }
    }
  }

  private Receipt given(Exchange exchange, FoundDispute found, Coming coming, IncomingFile file) {
    var upload = new Upload(file.id(), coming.name(), coming.type(), file.bytes(), file.sha256());
    var evidence = new Evidence(coming.comment(), null, upload);
    var whole = String.join("\n", coming.name(), coming.type(), coming.comment(), file.sha256());
    return disputes.move(
        exchange,
        found,
        dispute -> new DisputeMove.GiveEvidence(dispute, evidence),
        whole.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable Problem differing(@Nullable String said, String found) {
    return said == null || said.equalsIgnoreCase(found)
        ? null
        : Problem.of(
            400,
            "DIGEST",
            "The request is not valid.",
            "The file's SHA-256 is %s, not %s. Maybe it was damaged on its way; send it again."
                .formatted(found, said));
  }

  private static String text(Query query, String name, int max) {
    var text = query.textOrNull(name);
    if (text == null
        || text.isBlank()
        || text.length() > max
        || text.codePoints().anyMatch(c -> Character.isISOControl(c) || isHalf(c))) {
      throw new IllegalArgumentException(
          "The parameter \"%s\" is needed: 1 to %d characters, and none for control."
              .formatted(name, max));
    }
    return text;
  }

  private static boolean isHalf(int c) {
    return c >= 0xd800 && c <= 0xdfff;
  }

  private static String mediaType(Exchange exchange) {
    var type = exchange.request().getHeader("Content-Type");
    if (type == null) {
      return "application/octet-stream";
    }
    if (!type.matches("[\\w!#$&^.+-]{1,100}/[\\w!#$&^.+-]{1,100}(;[ -~]{0,100})?")) {
      throw new IllegalArgumentException("\"%s\" is no media type.".formatted(type));
    }
    return type;
  }

  void download(Exchange exchange, JsonNode nothing) {
    var found = disputes.find(exchange);
    if (found == null) {
      return;
    }
    var piece = evidence.find(exchange, found);
    var file = piece == null ? null : piece.evidence().file();
    if (file == null) {
      exchange.problem(noFile(exchange));
    } else {
      give(exchange, file);
    }
  }

  private static Problem noFile(Exchange exchange) {
    return Problem.of(
        404,
        "NOT_FOUND",
        "Not found.",
        "The dispute has no file at evidence %s.".formatted(exchange.pathId("evidenceId")));
  }

  /**
   * The last piece goes out only when all of it is what was taken in; what is found out before the
   * first one is told as a problem.
   */
  private void give(Exchange exchange, Upload file) {
    if (HttpMethod.HEAD.equals(exchange.request().method())) {
      send(exchange, file, null);
      return;
    }
    try (var opened = with.files().open(file)) {
      if (opened == null) {
        exchange.problem(noFile(exchange));
      } else {
        send(exchange, file, opened);
      }
    }
  }

  private static void send(Exchange exchange, Upload file, @Nullable OutgoingFile opened) {
    var out = new LineAnswers(exchange);
    try {
      var piece = opened == null ? NOTHING : opened.next();
      head(exchange, file, out);
      while (opened != null && piece.length > 0) {
        out.write(Buffer.buffer(piece));
        piece = opened.next();
      }
      out.end();
    } catch (Gone e) {
      LOG.debug("A download was broken off.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void head(Exchange exchange, Upload file, LineAnswers out)
      throws Gone, InterruptedException {
    var name =
        URLEncoder.encode(file.name(), StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("*", "%2A");
    var digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(file.sha256()));
    out.on(() ->
        exchange
            .routing()
            .response()
            .putHeader("Content-Type", file.mediaType())
            .putHeader("Content-Length", Long.toString(file.bytes()))
            .putHeader("Content-Disposition", "attachment; filename*=UTF-8''" + name)
            .putHeader("Repr-Digest", "sha-256=:" + digest + ":")
            .putHeader("X-Content-Type-Options", "nosniff")
            .putHeader("Cache-Control", "private, no-store")
            .writeHead());
  }
}
