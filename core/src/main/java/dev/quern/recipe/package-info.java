/**
 * Recipes: read from YAML with positions, checked as a whole against the registered operators; read
 * {@link dev.quern.recipe.RecipeReader}, {@link dev.quern.recipe.Recipe} and {@link
 * dev.quern.recipe.Located} first.
 */
@NullMarked
package dev.quern.recipe;

import org.jspecify.annotations.NullMarked;
