package dev.signalbox.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.exceptions.CaseStatus;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;

/**
 * The statuses that clients of the exception manager know. To who asks for its media type, the
 * others are folded into them: what somebody works on is ASSIGNED, what waits for somebody is OPEN.
 */
public final class PeerStatuses {
  private static final String MEDIA_TYPE = "application/vnd.matcher.v1+json";

  private PeerStatuses() {}

  /** Whether the caller is such a client. */
  public static boolean areAskedFor(HttpServerRequest request) {
    var accept = request.getHeader("Accept");
    return accept != null
        && Arrays.stream(accept.split(","))
            .map(type -> type.replaceAll(";.*", "").strip())
            .anyMatch(MEDIA_TYPE::equalsIgnoreCase);
  }

  static CaseStatus folded(CaseStatus status) {
    return switch (status) {
      case UNDER_REVIEW, PENDING_APPROVAL -> CaseStatus.ASSIGNED;
      case ESCALATED, DEAD_LETTERED -> CaseStatus.OPEN;
      case OPEN, ASSIGNED, PENDING_RESOLUTION, RESOLVED -> status;
    };
  }

  /** All statuses that such a client means by one. */
  public static List<CaseStatus> meant(CaseStatus status) {
    return Arrays.stream(CaseStatus.values()).filter(one -> folded(one) == status).toList();
  }

  /** Folds what an answer says of exceptions; nothing else has a status and a version. */
  static void fold(JsonNode node) {
    if (node instanceof ObjectNode object && object.has("version") && object.has("status")) {
      var status = object.path("status").asText();
      Arrays.stream(CaseStatus.values())
          .filter(one -> one.name().equals(status))
          .forEach(one -> object.put("status", folded(one).name()));
    }
    if (node.isContainerNode()) {
      node.forEach(PeerStatuses::fold);
    }
  }
}
