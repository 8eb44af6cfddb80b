package dev.signalbox.rules.link;

import dev.signalbox.rules.check.Words;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What rules may link: classes of the platform member by member, the rules engine's own by name,
 * and the facts and outputs as the table of words has them. The lists are what Drools 10.2.0 makes
 * of all that the first wall lets pass; nothing here reaches a file, a clock, a thread or a class.
 */
final class Linkable {
  private static final Set<String> PLATFORM =
      said(
          """
          java/lang/Boolean: TYPE valueOf(Z) booleanValue()
          java/lang/Enum: <init>(Ljava/lang/String;I) \
            valueOf(Ljava/lang/Class;Ljava/lang/String;) equals(Ljava/lang/Object;)
          java/lang/IllegalArgumentException: <init>(Ljava/lang/String;)
          java/lang/Integer: TYPE valueOf(I) intValue()
          java/lang/Long: TYPE valueOf(J) longValue()
          java/lang/Object: <init>() equals(Ljava/lang/Object;)
          java/lang/RuntimeException: <init>(Ljava/lang/String;)
          java/lang/String: equals(Ljava/lang/Object;) equalsIgnoreCase(Ljava/lang/String;) \
            hashCode() isEmpty() length() startsWith(Ljava/lang/String;) \
            endsWith(Ljava/lang/String;) contains(Ljava/lang/CharSequence;)
          java/lang/System: arraycopy(Ljava/lang/Object;ILjava/lang/Object;II)
          java/lang/invoke/StringConcatFactory: makeConcatWithConstants(\
          Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;\
          Ljava/lang/String;[Ljava/lang/Object;)
          java/math/BigDecimal: <init>(I) <init>(J) <init>(Ljava/lang/String;) abs() negate() \
            signum() compareTo(Ljava/math/BigDecimal;) valueOf(J) \
            add(Ljava/math/BigDecimal;Ljava/math/MathContext;) \
            multiply(Ljava/math/BigDecimal;Ljava/math/MathContext;) \
            subtract(Ljava/math/BigDecimal;Ljava/math/MathContext;)
          java/math/MathContext: DECIMAL128
          java/util/Arrays: asList([Ljava/lang/Object;)
          java/util/List: contains(Ljava/lang/Object;) size() isEmpty()
          """);

  /** What the frame around the rules needs besides; no author's code is in it. */
  private static final Set<String> FRAME =
      said(
          """
          java/time/format/DateTimeFormatterBuilder: <init>() appendPattern(Ljava/lang/String;) \
            parseCaseInsensitive() toFormatter(Ljava/util/Locale;)
          java/util/ArrayList: <init>() <init>(I)
          java/util/Collections: emptyList()
          java/util/List: add(Ljava/lang/Object;) addAll(Ljava/util/Collection;)
          java/util/Locale: ENGLISH
          """);

  private static final Pattern ENGINE =
      Pattern.compile(
          """
          org/drools/model/(\
          DomainClassMetadata \\w+\
          |Index\\$ConstraintType \\w+\
          |PatternDSL\\$PatternDef (bind|expr)\
          |Rule\\$Attribute SALIENCE\
          |consequences/ConsequenceBuilder\\$_\\d execute\
          |functions/PredicateInformation (<init>|addRuleNames|setMoreThanMaxRuleDefs)\
          |impl/RuleBuilder (attribute|build|metadata)\
          |operators/(Contains|In|MemberOf|StringEndsWith|StringStartsWith)Operator INSTANCE)\
          |org/drools/modelcompiler/(\
          dsl/pattern/D (alphaIndexedBy|and|betaIndexedBy|declarationOf|eval|exists|globalOf|not|on\
          |or|pattern|rule)\
          |util/EvaluationUtil (are|equals|greater|less|notEquals|toBigDecimal)\\w*)\
          |org/drools/util/DateUtils getDateFormatMask\
          """);

  private static final Set<String> WORDS =
      Words.ALL.links().stream().map(link -> link.replace('.', '/')).collect(Collectors.toSet());

  private Linkable() {}

  /** Lines of {@code class: member member …}, as {@code class member}. */
  private static Set<String> said(String lines) {
    var members = new HashSet<String>();
    for (var line : lines.lines().toList()) {
      var parts = line.split(": ", 2);
      Arrays.stream(parts[1].strip().split("\\s+", -1))
          .forEach(member -> members.add(parts[0] + " " + member));
    }
    return members;
  }

  /**
   * Whether a member may be linked.
   *
   * @param owner its class, with slashes
   * @param type its descriptor, that of a method beginning with a parenthesis
   * @param frame whether the class that links it has no code of an author
   */
  static boolean mayLink(String owner, String name, String type, boolean frame) {
    int close = type.indexOf(')');
    var said = owner + " " + name + (close < 0 ? "" : type.substring(0, close + 1));
    return PLATFORM.contains(said)
        || (frame && FRAME.contains(said))
        || WORDS.contains(owner + " " + name)
        || ENGINE.matcher(owner + " " + name).matches();
  }
}
