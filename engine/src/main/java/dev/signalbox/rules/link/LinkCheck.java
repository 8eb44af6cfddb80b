package dev.signalbox.rules.link;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.reflect.AccessFlag;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the classes that rules became, before any of them is loaded. They may link only what is
 * known to be harmless, and they come to an end: no way leads backwards in them, none calls itself,
 * and they make no arrays but small ones. An endless loop could not be stopped from outside.
 */
public final class LinkCheck {
  private static final int ARRAY_MAX = 1_000;
  private static final Pattern FRAME_BUILDER =
      Pattern.compile("values|getPropertyIndex|getModelsForKieBase|getRulesList|valueOf");

  private final String point;
  private final Pattern frame;
  private final Pattern author;
  private final Set<String> refusals = new TreeSet<>();

  public LinkCheck(String point) {
    this.point = point;
    frame =
        Pattern.compile(
            point
                + "/(Rules|DomainClassesMetadata)[0-9A-F]{32}(Rules\\d+|RuleMethods\\d+|\\$\\w+_Metadata)?");
    author =
        Pattern.compile(
            point + "/P[0-9A-F]{2}/Lambda(Predicate|Extractor|Consequence)[0-9A-F]{32}");
  }

  /** What is refused, in sentences. */
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** Reads one class. */
  public void read(byte[] bytes) {
    var model = ClassFile.of().parse(bytes);
    var name = model.thisClass().asInternalName();
    boolean isFrame = frame.matcher(name).matches();
    if (!(isFrame || author.matcher(name).matches())) {
      refusals.add("The class %s is none that rules become.".formatted(name));
      return;
    }
    links(model, name, isFrame);
    for (var method : model.methods()) {
      method.code().ifPresent(code -> code(method, code.elementList(), name, isFrame));
    }
  }

  private void links(ClassModel model, String name, boolean isFrame) {
    for (var entry : model.constantPool()) {
      if (entry instanceof ConstantDynamicEntry) {
        refusals.add("Rules may not link constants that are computed.");
      }
      if (entry instanceof MemberRefEntry member) {
        var owner = member.owner().asInternalName();
        boolean own = isFrame ? owner.startsWith(point + "/") : owner.equals(name);
        if (!own
            && !Linkable.mayLink(
                owner, member.name().stringValue(), member.type().stringValue(), isFrame)) {
          refusals.add(
              "Rules may not link %s.%s.".formatted(owner.replace('/', '.'), member.name()));
        }
      }
    }
  }

  private void code(MethodModel method, List<CodeElement> code, String name, boolean isFrame) {
    var passed = new HashSet<Label>();
    Instruction before = null;
    for (var element : code) {
      var size = before;
      switch (element) {
        case LabelTarget target -> passed.add(target.label());
        case BranchInstruction branch when passed.contains(branch.target()) ->
            refusals.add("Rules may not loop.");
        case ExceptionCatch caught -> refusals.add("Rules may not catch failures.");
        case MonitorInstruction monitor -> refusals.add("Rules may not lock anything.");
        case NewPrimitiveArrayInstruction array -> refusals.add("Rules may not make arrays.");
        case NewMultiArrayInstruction array -> refusals.add("Rules may not make arrays.");
        case NewReferenceArrayInstruction array when !isSmall(size, method) ->
            refusals.add("Rules may not make arrays.");
        case InvokeDynamicInstruction dynamic when !(isFrame && isBuilder(method)) ->
            refusals.add("Rules may not join texts or make functions.");
        case InvokeInstruction call
            when !isFrame
                && call.owner().asInternalName().equals(name)
                && !call.name().equalsString("<init>")
                && !method.flags().has(AccessFlag.BRIDGE) ->
            refusals.add("Rules may not call themselves.");
        default -> {}
      }
      before = element instanceof Instruction instruction ? instruction : before;
    }
  }

  private static boolean isSmall(@Nullable Instruction size, MethodModel method) {
    return isBuilder(method)
        || (size instanceof ConstantInstruction constant
            && constant.constantValue() instanceof Integer number
            && number <= ARRAY_MAX);
  }

  private static boolean isBuilder(MethodModel method) {
    return FRAME_BUILDER.matcher(method.methodName().stringValue()).matches();
  }
}
