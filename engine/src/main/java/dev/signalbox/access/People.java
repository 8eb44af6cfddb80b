package dev.signalbox.access;

import dev.signalbox.exceptions.Sight;
import dev.signalbox.outside.TokenReader;
import dev.signalbox.outside.TokenReader.Reading;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People, as the identity provider knows them, and the roles that its words stand for. */
public final class People {
  private static final Logger LOG = LoggerFactory.getLogger(People.class);

  private final TokenReader tokens;
  private final Map<String, Role> roles;

  /**
   * People.
   *
   * @param roles the roles by the provider's words, in whatever case; when empty, the roles' own
   *     words count
   */
  public People(TokenReader tokens, Map<String, Role> roles) {
    this.tokens = tokens;
    this.roles = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    this.roles.putAll(roles);
  }

  /** Whether something looks like a token rather than like a key of ours. */
  static boolean isToken(String credential) {
    return credential.startsWith("ey") && credential.chars().filter(c -> c == '.').count() == 2;
  }

  /** What a token says, and from when it says nothing; null where it says nothing now. */
  record Read(Access.Answer answer, @Nullable Instant endsAt) {}

  Read read(String token, Authority authority) {
    return switch (tokens.read(token)) {
      case Reading.Known(var identity) ->
          new Read(new Access.Answer.Known(caller(identity, authority)), identity.endsAt());
      case Reading.Refused(var why) -> new Read(new Access.Answer.Unknown(why), null);
      case Reading.Away(var why) -> {
        LOG.warn("Nobody can come in with a token: {}", why);
        yield new Read(new Access.Answer.Away(why), null);
      }
    };
  }

  private Caller caller(TokenReader.Identity identity, Authority authority) {
    var held = roles(identity.roles());
    return new Caller(
        identity.name(),
        held,
        Sight.of(identity.contexts(), identity.queues()),
        authority.of(held, identity.skills()));
  }

  /** What nobody knows here gives nothing. */
  private Set<Role> roles(Iterable<String> words) {
    var found = EnumSet.noneOf(Role.class);
    for (var word : words) {
      var role = roles.isEmpty() ? Role.of(word).orElse(null) : roles.get(word);
      if (role != null) {
        found.add(role);
      }
    }
    return found;
  }
}
