package io.sluice.server.http.body;

import io.sluice.server.http.Problem;
import io.sluice.server.http.ProblemException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what a request lacks: whatever a record does not allow to be null. */
public final class Required {
  private Required() {}

  /**
   * Looks through a record and all records in it.
   *
   * @throws ProblemException naming the first property that is missing
   */
  public static <T extends Record> T check(T record) {
    look(record, "");
    return record;
  }

  private static void look(Record record, String path) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = value(component, record);
      String name = path + snake(component.getName());
      boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      if (value == null && !optional) {
        throw Problem.of(400, "missing_property", "'" + name + "' is missing").exception();
      } else if (value instanceof Record inner) {
        look(inner, name + ".");
      } else if (holdsNull(value)) {
        throw Problem.of(400, "wrong_type", "'" + name + "' holds a null").exception();
      }
    }
  }

  private static boolean holdsNull(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return holdsNull(map.values());
    }
    return value instanceof Collection<?> many
        && many.stream().anyMatch(one -> one == null || holdsNull(one));
  }

  private static @Nullable Object value(RecordComponent component, Record record) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true); // the record may be private to its route
      return accessor.invoke(record);
    } catch (IllegalAccessException | InvocationTargetException unreadable) {
      throw new IllegalStateException("a record's own accessors can be read", unreadable);
    }
  }

  /** The name of a property as bodies write it. */
  static String snake(String camel) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < camel.length(); i++) {
      char c = camel.charAt(i);
      if (Character.isUpperCase(c)) {
        name.append('_');
      }
      name.append(Character.toLowerCase(c));
    }
    return name.toString();
  }
}
