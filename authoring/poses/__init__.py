"""The pictures of the exercises, drawn from what a pose says of a body: where its hips, hands and feet are.

Nothing of it runs while the coach speaks. A pose is data, in `content/poses`; it is drawn once, for the left, and the
right is its mirror image. `space` has points and the view, `body` the bones, `page` what an author may write, `shapes`
and `props` what is drawn, `picture` puts it together, `svg` and `avg` write it down, `faults` tells what no body does,
and `sheet` shows all of it.

Rule: bones have one length each, in all pictures. A hand or a foot that cannot be where it is said to be is refused.
"""
