package dev.signalbox.rules.check;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What may be said in rules: kinds of values with their members. A member is written as {@code
 * "name kind"} for a component and {@code "name(kind, …) kind"} for a call. Kinds are {@code
 * amount}, {@code whole}, {@code text}, {@code texts}, {@code flag}, {@code nothing}, and the
 * simple names of facts, enumerations and outputs.
 */
public final class Vocabulary {
  private final Map<String, Map<String, Member>> members = new HashMap<>();
  private final Map<String, Set<String>> constants = new HashMap<>();
  private final Map<String, String> classes = new HashMap<>();
  private final Map<String, List<String>> only = new HashMap<>();
  private final Set<String> outputs = new HashSet<>();
  private final Map<String, Point> points = new LinkedHashMap<>();

  Vocabulary() {}

  /**
   * @param parameters the kinds of its arguments; null when it is a component
   */
  record Member(String name, @Nullable List<String> parameters, String kind) {
    private String key() {
      return parameters == null ? name : Vocabulary.key(name, parameters.size());
    }

    /** As an author would write it. */
    String shown() {
      return parameters == null ? name : name + "(" + String.join(", ", parameters) + ")";
    }
  }

  /**
   * @param output the kind by which its rules speak, and its class
   * @param facts the kinds that may come before its rules
   */
  record Point(String output, String outputClass, Set<String> facts) {}

  /** A kind of value with what may be asked of it. */
  Vocabulary kind(String kind, String... said) {
    var known = members.computeIfAbsent(kind, any -> new LinkedHashMap<>());
    for (var one : said) {
      var member = member(one);
      known.put(member.key(), member);
    }
    return this;
  }

  /** A fact, or a value within facts, that rules may import. */
  Vocabulary fact(Class<?> type, String... said) {
    classes.put(type.getSimpleName(), type.getName());
    return kind(type.getSimpleName(), said);
  }

  /** An enumeration that rules may import, with all its constants. */
  Vocabulary choice(Enum<?>... values) {
    var type = values[0].getDeclaringClass();
    classes.put(type.getSimpleName(), type.getName());
    constants.put(
        type.getSimpleName(), Arrays.stream(values).map(Enum::name).collect(Collectors.toSet()));
    return kind(type.getSimpleName());
  }

  /** What rules speak to: an output, or what it answers. They cannot import it. */
  Vocabulary output(String className, String... said) {
    outputs.add(className);
    return kind(simple(className), said);
  }

  /** The texts that a call takes, written out in the rule; it takes no others. */
  Vocabulary only(String kind, String call, List<String> texts) {
    only.put(kind + "." + call, List.copyOf(texts));
    return this;
  }

  private static String simple(String className) {
    return className.substring(
        Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
  }

  /** A decision point: its output, and the facts its rules see. */
  Vocabulary point(String name, String outputClass, Class<?>... facts) {
    points.put(
        name,
        new Point(
            simple(outputClass),
            outputClass,
            Arrays.stream(facts).map(Class::getSimpleName).collect(Collectors.toSet())));
    return this;
  }

  private static Member member(String said) {
    int space = said.lastIndexOf(' ');
    int open = said.indexOf('(');
    if (open < 0) {
      return new Member(said.substring(0, space), null, said.substring(space + 1));
    }
    var inside = said.substring(open + 1, said.indexOf(')'));
    return new Member(
        said.substring(0, open),
        inside.isEmpty() ? List.of() : List.of(inside.split(", ", -1)),
        said.substring(space + 1));
  }

  private static String key(String name, int arguments) {
    return name + "/" + arguments;
  }

  Point pointOf(String name) {
    var point = points.get(name);
    if (point == null) {
      throw new IllegalArgumentException("The words know no decision point " + name + ".");
    }
    return point;
  }

  @Nullable Member component(String kind, String name) {
    return all(kind).get(name);
  }

  @Nullable Member call(String kind, String name, int arguments) {
    return all(kind).get(key(name, arguments));
  }

  /** The only texts that a call takes; null when it takes any. */
  @Nullable List<String> only(String kind, String call) {
    return only.get(kind + "." + call);
  }

  Collection<Member> members(String kind) {
    return all(kind).values();
  }

  /** What may be said of a kind, for a sentence. */
  String shown(String kind) {
    return members(kind).stream().map(Member::shown).collect(Collectors.joining(", "));
  }

  private Map<String, Member> all(String kind) {
    return members.getOrDefault(kind, Map.of());
  }

  /** The constants of an enumeration; null when it is none. */
  @Nullable Set<String> constants(String kind) {
    return constants.get(kind);
  }

  /** The classes that rules may name, and thus what the second wall shows them. */
  public Set<String> classes() {
    var shown = new HashSet<>(classes.values());
    shown.addAll(outputs);
    return shown;
  }

  /** The members that rules may use, as {@code class member}: what the second wall lets through. */
  public Set<String> links() {
    var links = new HashSet<String>();
    for (var type : classes()) {
      members(simple(type)).forEach(member -> links.add(type + " " + member.name()));
      constants.getOrDefault(simple(type), Set.of()).forEach(name -> links.add(type + " " + name));
    }
    return links;
  }

  /** Whether an import brings names that rules may say: one of them, or a whole room of them. */
  boolean isImportable(String target) {
    return target.endsWith(".*")
        ? classes.values().stream()
            .anyMatch(name ->
                name.substring(0, name.lastIndexOf('.') + 1)
                    .equals(target.substring(0, target.length() - 1)))
        : classes.containsValue(target);
  }
}
