package dev.signalbox.adapters.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A POST to an outside system.
 *
 * @param body sent as UTF-8
 * @param headers beside {@code Host} and {@code Content-Length}, which the client sets; they may
 *     hold secrets, so {@code toString} does not show them
 */
public record HttpCall(URI url, Map<String, String> headers, String body) {
  /**
   * @throws IllegalArgumentException when the address names no host
   */
  public HttpCall {
    if (url.getHost() == null) {
      throw new IllegalArgumentException("The address %s names no host.".formatted(url));
    }
    headers = new LinkedHashMap<>(headers);
  }

  @Override
  public String toString() {
    return "POST " + url;
  }
}
