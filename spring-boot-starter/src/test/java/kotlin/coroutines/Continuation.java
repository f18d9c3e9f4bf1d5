package kotlin.coroutines;

/**
 * Stands in for the one of Kotlin, which compiles it into each suspend function.
 *
 * @param <T> what comes in the end
 */
public interface Continuation<T> {

}
