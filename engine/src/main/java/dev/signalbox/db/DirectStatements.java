package dev.signalbox.db;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLFeatureNotSupportedException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Spares a round trip per statement. Before every execution the JDBC client asks the driver for the
 * types of the parameters, which PostgreSQL's driver asks the server, and then {@link
 * ArgumentEncoder} has no use for them. The client takes "not supported" for an answer.
 */
final class DirectStatements {

  private DirectStatements() {}

  /** The same data source, whose statements do not know their parameters. */
  static DataSource of(DataSource source) {
    return proxy(DataSource.class, DirectStatements::connection, source);
  }

  private static Object connection(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    var result = call(target, method, arguments);
    return result instanceof Connection connection
        ? proxy(Connection.class, DirectStatements::statement, connection)
        : result;
  }

  private static Object statement(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    var result = call(target, method, arguments);
    return result instanceof PreparedStatement statement
        ? proxy(PreparedStatement.class, DirectStatements::direct, statement)
        : result;
  }

  private static Object direct(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("getParameterMetaData")) {
      throw new SQLFeatureNotSupportedException("nobody needs to know");
    }
    return call(target, method, arguments);
  }

  private interface Interception {
    Object of(Object target, Method method, Object @Nullable [] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Interception interception, T target) {
    InvocationHandler handler =
        (_, method, arguments) -> interception.of(target, method, arguments);
    return type.cast(
        Proxy.newProxyInstance(
            DirectStatements.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
