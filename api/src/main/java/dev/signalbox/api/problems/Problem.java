package dev.signalbox.api.problems;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.signalbox.exceptions.LeaseEnd;
import dev.signalbox.exceptions.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A problem (RFC 9457). {@code code} and {@code message} say the same as {@code type} and {@code
 * detail}, for clients that look there.
 *
 * @param status the HTTP status
 * @param code stable, for machines
 * @param detail one sentence for people
 * @param errors what is wrong where, in a request body
 * @param retryAfterSeconds when it is worth to try again; null when it does not help
 * @param more what machines are told beside, by name
 */
public record Problem(
    int status,
    String code,
    String title,
    String detail,
    List<Fault> errors,
    @Nullable Integer retryAfterSeconds,
    Map<String, JsonNode> more) {
  public static final String MEDIA_TYPE = "application/problem+json";
  private static final String TYPES = "https://signalbox.dev/problems/";
  private static final int RETRY_SECONDS = 2;

  /**
   * One fault.
   *
   * @param pointer where (JSON Pointer, RFC 6901)
   */
  public record Fault(String pointer, String code, String detail) {}

  public Problem {
    errors = List.copyOf(errors);
    more = Map.copyOf(more);
  }

  public Problem(
      int status,
      String code,
      String title,
      String detail,
      List<Fault> errors,
      @Nullable Integer retryAfterSeconds) {
    this(status, code, title, detail, errors, retryAfterSeconds, Map.of());
  }

  /** The same, with more to be told. */
  public Problem with(Map<String, JsonNode> members) {
    return new Problem(status, code, title, detail, errors, retryAfterSeconds, members);
  }

  public static Problem of(int status, String code, String title, String detail) {
    return new Problem(status, code, title, detail, List.of(), null);
  }

  public static Problem invalid(String detail, List<Fault> faults) {
    return new Problem(400, "INVALID", "The request is not valid.", detail, faults, null);
  }

  public static Problem invalid(String detail) {
    return invalid(detail, List.of());
  }

  public static Problem unavailable(String detail) {
    return new Problem(
        503, "UNAVAILABLE", "Not available for the moment.", detail, List.of(), RETRY_SECONDS);
  }

  /** A problem that is over soon. */
  public static Problem later(int status, String code, String title, String detail) {
    return new Problem(status, code, title, detail, List.of(), RETRY_SECONDS);
  }

  /** The problem that a refusal is to a caller. */
  public static Problem of(Refusal refusal) {
    int status =
        switch (refusal) {
          case Refusal.NotFound r -> 404;
          case Refusal.NotAllowed r -> 422;
          case Refusal.Stale r -> 412;
          case Refusal.Conflict r -> 409;
          case Refusal.UnknownDispatch r -> 422;
          case Refusal.UnknownHold r -> 404;
          case Refusal.NotSnoozable r -> 422;
          case Refusal.OtherMatter r -> 422;
          case Refusal.KeyReused r -> 422;
          case Refusal.OutOfReach r -> 403;
          case Refusal.HeldByAnother r -> 423;
          case Refusal.ClaimLost r -> 409;
          case Refusal.SkillNeeded r -> 403;
          case Refusal.AboveLimit r -> 403;
          case Refusal.RoleNeeded r -> 403;
          case Refusal.OwnProposal r -> 403;
          case Refusal.ApprovedBefore r -> 403;
          case Refusal.Misfit r -> 422;
          case Refusal.DisputeStands r -> 422;
          case Refusal.AccountUnknown r -> 422;
          case Refusal.PostingUnderWay r -> 422;
          case Refusal.Busy r -> 503;
          case Refusal.Repeated r -> repeated(r.code());
        };
    var problem =
        new Problem(
            status,
            refusal.code(),
            title(status),
            refusal.detail(),
            List.of(),
            status == 503 ? RETRY_SECONDS : null);
    return switch (refusal) {
      case Refusal.HeldByAnother(var holder, var end) -> problem.held(holder, end);
      case Refusal.ClaimLost(var _, var holder, var end) -> problem.held(holder, end);
      default -> problem;
    };
  }

  private Problem held(@Nullable String holder, @Nullable LeaseEnd end) {
    var members = new HashMap<String, JsonNode>();
    if (holder != null) {
      members.put("heldBy", TextNode.valueOf(holder));
    }
    if (end == null) {
      return with(members);
    }
    members.put("heldUntil", TextNode.valueOf(end.at().toString()));
    int seconds = (int) Math.max(1, end.secondsLeft());
    return new Problem(status, code, title, detail, errors, seconds, members);
  }

  /** The status of a refusal that is remembered by its code only. */
  private static int repeated(String code) {
    return switch (code) {
      case "NOT_FOUND", "UNKNOWN_HOLD" -> 404;
      case "STALE" -> 412;
      case "CONFLICT", "CLAIM_LOST" -> 409;
      case "BUSY" -> 503;
      case "HELD" -> 423;
      case "OUT_OF_REACH",
          "ROLE_NEEDED",
          "OWN_PROPOSAL",
          "APPROVED_BEFORE",
          "SKILL_NEEDED",
          "ABOVE_LIMIT" ->
          403;
      default -> 422;
    };
  }

  private static String title(int status) {
    return switch (status) {
      case 403 -> "Not allowed for whoever calls.";
      case 404 -> "Not found.";
      case 409 -> "In conflict with what is known.";
      case 412 -> "Changed in the meantime.";
      case 423 -> "With somebody else.";
      case 503 -> "Not available for the moment.";
      default -> "Not possible where the exception stands.";
    };
  }

  /**
   * As JSON.
   *
   * @param instance the path that was asked for; null within a stream
   */
  public ObjectNode json(@Nullable String instance) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", TYPES + code.toLowerCase(Locale.ROOT).replace('_', '-'))
            .put("title", title)
            .put("status", status)
            .put("detail", detail)
            .put("code", code)
            .put("message", detail);
    if (instance != null) {
      node.put("instance", instance);
    }
    if (!errors.isEmpty()) {
      var list = node.putArray("errors");
      errors.forEach(fault ->
          list.addObject()
              .put("pointer", fault.pointer())
              .put("code", fault.code())
              .put("detail", fault.detail()));
    }
    more.forEach(node::set);
    return node;
  }
}
