package dev.signalbox.backtest;

import dev.signalbox.rules.Hours;

/** By what two answers are compared, from one to the other. */
public enum Dimension {
  SEVERITY("Severity") {
    @Override
    String of(Said said) {
      return said.severity().name();
    }
  },
  QUEUE("Queue") {
    @Override
    String of(Said said) {
      return said.route() == null ? UNROUTED : said.route().queue().value();
    }
  },
  LANE("Lane") {
    @Override
    String of(Said said) {
      return said.route() == null ? UNROUTED : said.route().lane().name();
    }
  },
  TARGET("Target") {
    @Override
    String of(Said said) {
      return said.route() == null || said.route().target() == null
          ? Said.PEOPLE
          : said.route().target().value();
    }
  },
  REVIEWER("Reviewer") {
    @Override
    String of(Said said) {
      var route = said.route();
      if (route == null) {
        return UNROUTED;
      }
      var role = route.requiredRole() == null ? "anybody" : route.requiredRole();
      var skilled = route.skill() == null ? role : role + " with " + route.skill();
      var chosen =
          route.assign() == null ? skilled : skilled + ", assigned " + route.assign().word();
      return route.exclusiveLock() ? chosen + ", locked" : chosen;
    }
  },
  FLAGS("Flags") {
    @Override
    String of(Said said) {
      return said.route() == null || said.route().flags().isEmpty()
          ? Said.NONE
          : String.join("+", said.route().flags());
    }
  },
  SLA("SLA") {
    @Override
    String of(Said said) {
      return Hours.format(said.sla());
    }
  },
  RESOLUTION("Settled by rules") {
    @Override
    String of(Said said) {
      return said.settled();
    }
  },
  APPROVALS("Approvals of that") {
    @Override
    String of(Said said) {
      return said.approvals();
    }
  };

  static final String UNROUTED = "(unrouted)";

  private final String title;

  Dimension(String title) {
    this.title = title;
  }

  /** How people call it. */
  public String title() {
    return title;
  }

  abstract String of(Said said);
}
