/** Under this name the position of the facts is kept. */
export const factsConsumer = "reports";
