package dev.signalbox.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.words.Nearest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.validation.RequestValidator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds requests against the contract, before anybody looks at what they want. */
final class Validation {
  private static final String JSON = "application/json";

  private final OpenAPIContract contract;
  private final RequestValidator parameters;
  private final Map<String, BodySchema> bodies = new HashMap<>();

  Validation(Vertx vertx, OpenAPIContract contract) {
    this.contract = contract;
    parameters = RequestValidator.create(vertx, contract);
    for (var operation : contract.operations()) {
      var schema = schema(operation);
      if (schema != null) {
        bodies.put(operation.getOperationId(), schema);
      }
    }
  }

  private Operation operation(String id) {
    var found = contract.operation(id);
    if (found == null) {
      throw new IllegalStateException("The contract has no operation " + id + ".");
    }
    return found;
  }

  private @Nullable BodySchema schema(Operation operation) {
    var body = operation.getRequestBody();
    var content = body == null ? null : body.getContent().get(JSON);
    return content == null
        ? null
        : new BodySchema(content.getSchema(), contract.getSchemaRepository());
  }

  /**
   * Checks the parameters of a request without a body.
   *
   * @return the problem; null when there is none
   */
  Future<@Nullable Problem> parameters(HttpServerRequest request, String operation) {
    var strange = strange(request, operation(operation));
    if (strange != null) {
      return Future.succeededFuture(strange);
    }
    return parameters
        .validate(request, operation)
        .<@Nullable Problem>map(valid -> null)
        .otherwise(failure -> Problem.invalid(String.valueOf(failure.getMessage())));
  }

  /** A misspelt filter must not widen a list, and one that is given twice must not be halved. */
  private static @Nullable Problem strange(HttpServerRequest request, Operation operation) {
    var known =
        operation.getParameters().stream()
            .filter(parameter -> parameter.getIn() == Location.QUERY)
            .map(Parameter::getName)
            .toList();
    for (var name : request.params().names()) {
      boolean isInPath =
          operation.getParameters().stream()
              .anyMatch(parameter ->
                  parameter.getIn() == Location.PATH && parameter.getName().equals(name));
      if (!known.contains(name) && !isInPath) {
        var nearest = Nearest.to(name, known);
        return Problem.invalid(
            "There is no parameter \"%s\" here.%s"
                .formatted(name, nearest == null ? "" : " Maybe \"" + nearest + "\"."));
      }
      if (request.params().getAll(name).size() > 1) {
        return Problem.invalid("The parameter \"%s\" is given more than once.".formatted(name));
      }
      if (request.params().getAll(name).getFirst().indexOf('\0') >= 0) {
        return Problem.invalid("The parameter \"%s\" holds the character U+0000.".formatted(name));
      }
    }
    return null;
  }

  /**
   * Checks the body of a command.
   *
   * @return the problem; null when there is none
   */
  @Nullable Problem body(String operation, ObjectNode body) {
    var schema = bodies.get(operation);
    if (schema != null) {
      return schema.check(body);
    }
    return body.isEmpty() ? null : Problem.invalid("This request has no body.");
  }

  /** Whether a request without a body is complete. */
  boolean needsBody(String operation) {
    var body = operation(operation).getRequestBody();
    return body != null && body.isRequired();
  }
}
