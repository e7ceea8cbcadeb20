/** Shows a file in an image. Obtains a new link if the message's has ended. */
export async function showPicture(picture, { fileUrl }, links) {
  picture.dataset.of = fileUrl;
  const address = links.isCurrent(fileUrl) ? links.urlOf(fileUrl) : await links.currentUrlOf(fileUrl);
  if (picture.dataset.of === fileUrl) picture.src = address;
}
