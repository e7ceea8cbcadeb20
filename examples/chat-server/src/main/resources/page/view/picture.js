/** Shows a file in an image. Obtains a new link if the message's has ended, also if the browser loads it much later. */
export async function showPicture(picture, { fileUrl }, links) {
  picture.dataset.of = fileUrl;
  const isShown = () => picture.dataset.of === fileUrl;
  picture.onerror = async () => {
    picture.onerror = null;
    const address = links.isCurrent(fileUrl) ? null : await links.currentUrlOf(fileUrl);
    if (address && isShown()) picture.src = address;
  };
  const address = links.isCurrent(fileUrl) ? links.urlOf(fileUrl) : await links.currentUrlOf(fileUrl);
  if (isShown()) picture.src = address;
}
